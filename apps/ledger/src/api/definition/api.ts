import * as HttpApi from 'effect/http-api/HttpApi'
import * as OpenApi from 'effect/http-api/OpenApi'
import { changes } from './changes.ts'
import { compare } from './compare.ts'
import { connections } from './connections.ts'
import { describeRequests } from './describeRequests.ts'
import { exports } from './export.ts'
import { health } from './health.ts'
import { imports } from './imports.ts'
import { report } from './report.ts'
import { RequestErrors } from './RequestErrors.ts'
import { runs } from './runs.ts'
import { describeCodecs } from './schemaOf.ts'
import { watches } from './watches.ts'

const endpoints = HttpApi.make('ledger')
  .add(runs, compare, report, changes, imports, exports, connections, watches, health)
  .middleware(RequestErrors)

/** The API of the ledger, a group for each resource. */
export const api = endpoints.annotateMerge(
  OpenApi.annotations({
    title: 'The ledger of finetune-kit',
    description: [
      'Every fine-tuning run you have, from a database.',
      'A request that changes something has to bring an Origin, that of this server, and a Content-Type also without a body: application/json, or application/octet-stream for an upload.',
      'If the server was started with a token, every request but /healthz has to bring it, as a Bearer token.',
    ].join(' '),
    transform: document => describeRequests(endpoints.groups)(describeCodecs(document)),
  }),
)
