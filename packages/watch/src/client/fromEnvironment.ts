import type { Dialect } from '@finetune-kit/model'
import * as Redacted from 'effect/Redacted'
import * as E from '#fp-ts/Either'
import { type ClientOptions, keyError } from './ClientOptions.ts'
import { type ServiceError, serviceError } from './ServiceError.ts'

/** The flags of a user; everything else comes from the variables that the SDKs read. */
export interface ServiceFlags {
  readonly baseUrl?: string | undefined
  /** The name of the environment variable that holds the key. */
  readonly apiKeyEnv?: string | undefined
  readonly dialect?: Dialect | undefined
  readonly apiVersion?: string | undefined
  /** Further headers, as `Name: value`. */
  readonly headers?: ReadonlyArray<string>
}

type Environment = Readonly<Record<string, string | undefined>>

const openaiBaseUrl = 'https://api.openai.com/v1'

/**
 * Options of a client from flags and environment: OPENAI_BASE_URL, OPENAI_API_KEY, OPENAI_ORG_ID,
 * OPENAI_PROJECT_ID, and for Azure AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_API_KEY,
 * AZURE_OPENAI_AD_TOKEN, OPENAI_API_VERSION. Azure is meant by its dialect, by its host, or where
 * nothing else is named.
 */
export const fromEnvironment = (
  flags: ServiceFlags,
  env: Environment = process.env,
): E.Either<ServiceError, ClientOptions> => {
  const read = (name: string): string | undefined => env[name]?.trim() || undefined
  const endpoint = read('AZURE_OPENAI_ENDPOINT')
  const openai = read('OPENAI_BASE_URL') ?? openaiBaseUrl
  const dialect = flags.dialect ?? (endpoint !== undefined && namesNothing(flags, read) ? 'azure' : undefined)
  const baseUrl = flags.baseUrl ?? (dialect === 'azure' ? (endpoint ?? read('OPENAI_BASE_URL')) : openai)
  if (baseUrl === undefined)
    return bad(
      '--dialect azure: no address. Pass --base-url https://RESOURCE.openai.azure.com, or set AZURE_OPENAI_ENDPOINT.',
    )
  const isAzure = dialect === 'azure' || /\.azure\.(com|us|cn)$/.test(URL.parse(baseUrl)?.hostname ?? '')
  const names = isAzure ? azureKeys : ['OPENAI_API_KEY']
  const keyName = flags.apiKeyEnv ?? names.find(name => read(name) !== undefined) ?? names[0]
  const key = keyName === undefined ? undefined : read(keyName)
  if (flags.apiKeyEnv !== undefined && key === undefined)
    return bad(
      // the key itself may have been passed
      !/^\w+$/.test(flags.apiKeyEnv)
        ? '--api-key-env: not the name of a variable. Put the key into a variable, and pass its name.'
        : `--api-key-env: the variable ${flags.apiKeyEnv} is not set. Put the key of the service into it.`,
    )
  const wrong = key === undefined ? undefined : keyError(key, `${keyName}`)
  if (wrong !== undefined) return E.left(wrong)
  const headers = headersOf(flags.headers ?? [])
  if (headers._tag === 'Left') return headers
  const accounts = isAzure
    ? {}
    : {
        ...named('OpenAI-Organization', read('OPENAI_ORG_ID')),
        ...named('OpenAI-Project', read('OPENAI_PROJECT_ID')),
      }
  return E.right({
    baseUrl,
    keyName,
    dialect,
    apiVersion: flags.apiVersion ?? (isAzure ? read('OPENAI_API_VERSION') : undefined),
    ...(key === undefined
      ? {}
      : { key: Redacted.make(key), isBearer: keyName?.endsWith('_AD_TOKEN') === true }),
    headers: { ...accounts, ...headers.right },
  })
}

/** True if neither flags nor variables name a service of OpenAI, or a compatible one. */
const namesNothing = (
  { baseUrl, apiKeyEnv }: ServiceFlags,
  read: (name: string) => string | undefined,
): boolean =>
  [baseUrl, apiKeyEnv, read('OPENAI_BASE_URL'), read('OPENAI_API_KEY')].every(one => one === undefined)

const azureKeys = ['AZURE_OPENAI_API_KEY', 'AZURE_OPENAI_AD_TOKEN', 'OPENAI_API_KEY']

const bad = (message: string) => E.left(serviceError('BadOptions', message))

const named = (name: string, value: string | undefined) => (value === undefined ? {} : { [name]: value })

const headersOf = (
  lines: ReadonlyArray<string>,
): E.Either<ServiceError, Readonly<Record<string, string>>> => {
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):[ \t]*([\t\u0020-\u007e]*)$/.exec(line) ?? []
    if (name === undefined || value === undefined)
      return bad('--header: not a header. Pass it as --header "Name: value".')
    headers[name] = value
  }
  return E.right(headers)
}
