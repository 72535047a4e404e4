import { pathPrimitive } from '@finetune-kit/build/path-primitive'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Flag from 'effect/cli/Flag'
import * as Param from 'effect/cli/Param'
import * as Primitive from 'effect/cli/Primitive'
import { ownMachine } from './access.ts'
import { serve } from './serve.ts'

/** The port that is tried first. */
export const defaultPort = 4321

const path = pathPrimitive(Primitive.String)

/** `finetune-ledger [FILE…]` */
export const command = Command.make(
  'finetune-ledger',
  {
    files: Param.makeSingle({ kind: Param.argumentKind, name: 'file', primitiveType: path }).pipe(
      Argument.withDescription(
        'A file of records in any format, also compressed, or a result file: it is imported',
      ),
      Argument.variadic(),
    ),
    db: Param.makeSingle({ kind: Param.flagKind, name: 'db', primitiveType: path }).pipe(
      Flag.withMetavar('FILE'),
      Flag.withDescription(
        'The SQLite file of the runs; :memory: keeps nothing. Default: the database of DATABASE_URL (PostgreSQL), else finetune-kit/runs.db in the data folder of this user',
      ),
      Flag.withDefault(undefined),
    ),
    port: Flag.Int('port').pipe(
      Flag.withMetavar('N'),
      Flag.filter(
        port => port >= 0 && port <= 65535,
        () => 'a port from 0 to 65535',
      ),
      Flag.withDescription(`The port to listen on, or the next one that is free. Default: ${defaultPort}`),
      Flag.withDefault(defaultPort),
    ),
    host: Flag.String('host').pipe(
      Flag.withMetavar('ADDRESS'),
      Flag.withDescription('The address to listen on. Default: 127.0.0.1, this machine alone'),
      Flag.withDefault(ownMachine.host),
    ),
    allowedHosts: Flag.String('allowed-host').pipe(
      Flag.withMetavar('NAME'),
      Flag.withDescription('A name that others reach this server by. May be repeated'),
      Flag.atLeast(0),
    ),
    tokenEnv: Flag.String('token-env').pipe(
      Flag.withMetavar('NAME'),
      Flag.withDescription(
        'The environment variable with the token that every request has to bring: as the password that the browser asks for, or as a Bearer token',
      ),
      Flag.withDefault(undefined),
    ),
    apiKeyEnv: Flag.String('api-key-env').pipe(
      Flag.withMetavar('NAME[=URL]'),
      Flag.withDescription(
        'An environment variable with the key of a service, which the page may then watch: the key goes to this base URL only. Default: that of OPENAI_BASE_URL, else OpenAI; of AZURE_… names, AZURE_OPENAI_ENDPOINT. May be repeated',
      ),
      Flag.atLeast(0),
    ),
    simulated: Flag.Boolean('simulate').pipe(
      Flag.withDefault(false),
      Flag.withDescription(
        'Watch a simulated service, whose runs live in real time, to look at the page with',
      ),
    ),
    open: Flag.Boolean('open').pipe(
      Flag.withDefault(false),
      Flag.withDescription('Open the page in the browser'),
    ),
  },
  serve,
).pipe(
  Command.withDescription(
    'Serves a page of all runs of a database to this machine: a table to search, curves, comparisons, and what happened to each run in words. ' +
      'Exit code: 0 after Ctrl-C or SIGTERM, 2 if it cannot start.',
  ),
  Command.withExamples([
    { command: 'finetune-ledger', description: 'The runs that were imported before' },
    { command: 'finetune-ledger jobs.ndjson file-abc123.csv', description: 'Import files first' },
    {
      command: 'finetune-ledger --api-key-env OPENAI_API_KEY --api-key-env LAB_KEY=https://lab.example/v1',
      description: 'Watch runs of two services',
    },
    {
      command: 'finetune-ledger --host 0.0.0.0 --allowed-host ledger.example --token-env LEDGER_TOKEN',
      description: 'Serve others, behind TLS',
    },
    {
      command: 'finetune-ledger --db :memory: --open runs.parquet',
      description: 'Look at a file, keep nothing',
    },
  ]),
)
