import { closed, Finite, Integer, nullable, record } from '@finetune-kit/codec'
import { dialects, watchStates } from '@finetune-kit/model'
import * as t from 'io-ts'
import { byName } from './byName.ts'

/** A service that is watched. Of its key it has the name of the environment variable only. */
export const Connection = record('Connection', {
  id: Integer,
  base_url: t.string,
  dialect: t.string,
  api_version: nullable(t.string),
  key_name: t.string,
  /** The reason why this server cannot ask the service; null where it has the key. */
  problem: nullable(t.string),
  /** The time before which the service does not want to be asked, in Unix seconds. */
  not_before: nullable(Finite),
  /** The number of watched runs by state. */
  runs: record(
    'WatchCounts',
    byName(watchStates, () => Integer),
  ),
})
export interface Connection extends t.TypeOf<typeof Connection> {}

/** A key that the server was started with: the only ones that a connection can be made with. */
export const GivenKey = record('GivenKey', { name: t.string, base_url: t.string })
export interface GivenKey extends t.TypeOf<typeof GivenKey> {}

/** `GET /api/connections`: a page of the connections, the oldest first, and the keys for new ones. */
export const ConnectionList = record('ConnectionList', {
  connections: t.readonlyArray(Connection),
  /** The `after` of the next page. */
  next: nullable(Integer),
  keys: t.readonlyArray(GivenKey),
})
export interface ConnectionList extends t.TypeOf<typeof ConnectionList> {}

/**
 * The body of `POST /api/connections` and `POST /api/connections/test`. A base URL is that of the
 * key; any other is refused. Default: the dialect of the host.
 */
export const NewConnection = closed(
  record(
    'NewConnection',
    { key_name: t.string },
    {
      base_url: t.string,
      dialect: t.keyof(byName(dialects, () => null)),
      api_version: t.string,
    },
  ),
)
export interface NewConnection extends t.TypeOf<typeof NewConnection> {}

/** `POST /api/connections/test`: the answer of the service, in words. */
export const ConnectionTest = record('ConnectionTest', { ok: t.boolean, message: t.string })
export interface ConnectionTest extends t.TypeOf<typeof ConnectionTest> {}
