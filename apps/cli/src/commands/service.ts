import { dialects } from '@finetune-kit/model'
import { fromEither } from '@finetune-kit/serialization/effect'
import { Client, fromEnvironment, type ServiceError, type ServiceFlags } from '@finetune-kit/watch'
import * as Flag from 'effect/cli/Flag'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import { type CliError, cliError } from '../CliError.ts'

const text = (name: string, metavar: string, description: string) =>
  Flag.String(name).pipe(
    Flag.withMetavar(metavar),
    Flag.withDescription(description),
    Flag.withDefault(undefined),
  )

/** The flags that name a service. */
export const service = {
  baseUrl: text(
    'base-url',
    'URL',
    'The service. Default: OPENAI_BASE_URL, else OpenAI; of Azure, AZURE_OPENAI_ENDPOINT',
  ),
  apiKeyEnv: text(
    'api-key-env',
    'NAME',
    'The environment variable that holds the key. Default: OPENAI_API_KEY; of Azure, AZURE_OPENAI_API_KEY or AZURE_OPENAI_AD_TOKEN',
  ),
  dialect: Flag.Literals('dialect', dialects).pipe(
    Flag.withMetavar('DIALECT'),
    Flag.withDescription('The kind of service. Default: by the host'),
    Flag.withDefault(undefined),
  ),
  apiVersion: text(
    'api-version',
    'V',
    'The version of the older paths of Azure. Default: OPENAI_API_VERSION',
  ),
  headers: Flag.String('header').pipe(
    Flag.withMetavar('"NAME: VALUE"'),
    Flag.withDescription('A further header. May be repeated'),
    Flag.atLeast(0),
  ),
}

/** Opens the client of a command. */
export const openClient = (flags: ServiceFlags): Effect.Effect<Client.Client, CliError, Scope.Scope> =>
  fromService(
    Effect.flatMap(fromEither(fromEnvironment(flags)), options => Client.make({ ...options, attempts: 4 })),
  )

/** The errors of a service as lines for the person at the command line. */
export const fromService = <A, E extends { readonly _tag: string }, R>(
  effect: Effect.Effect<A, E | ServiceError, R>,
): Effect.Effect<A, Exclude<E, ServiceError> | CliError, R> =>
  Effect.mapError(effect, error =>
    error._tag === 'ServiceError'
      ? cliError((error as ServiceError).message)
      : (error as Exclude<E, ServiceError>),
  )
