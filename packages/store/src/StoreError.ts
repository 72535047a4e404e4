import { escapeUnprintable } from '@finetune-kit/codec'
import type { SqlError } from 'effect/sql/SqlError'

/** A store that cannot be opened, read or written. The message is `subject: problem. remedy.` */
export interface StoreError {
  readonly _tag: 'StoreError'
  readonly kind: StoreErrorKind
  readonly message: string
}

/** The cases that a caller may want to tell apart. */
export type StoreErrorKind =
  | 'CannotOpen'
  | 'NotADatabase'
  | 'Damaged'
  | 'Locked'
  | 'Conflict'
  | 'Full'
  | 'ReadOnly'
  | 'NewerSchema'
  | 'CannotConnect'
  | 'NotFound'
  | 'BadQuery'
  | 'Failed'

export const storeError = (kind: StoreErrorKind, message: string): StoreError => ({
  _tag: 'StoreError',
  kind,
  message,
})

/** The name of a database as messages show it: a file, or an address without user and password. */
export interface DatabaseName {
  readonly subject: string
}

/** Turns a failed statement into a `StoreError`, by SQLite's result code or PostgreSQL's SQLSTATE. */
export const fromSqlError =
  ({ subject }: DatabaseName) =>
  (error: SqlError): StoreError => {
    const cause = causeOf(error)
    const [kind, text] = known(cause) ?? ['Failed', `${sentence(cause.message)} Nothing was changed.`]
    return storeError(kind, `${escapeUnprintable(subject)}: ${text}`)
  }

/** The error of a column of JSON that holds something else. */
export const notJson = ({ subject }: DatabaseName): StoreError =>
  storeError(
    'Damaged',
    `${escapeUnprintable(subject)}: another program has changed it, a column of JSON holds something else. Restore it from a copy; nothing was changed.`,
  )

interface Failure {
  readonly message: string
  readonly errcode?: number
  readonly code?: string
}

/** The innermost error: the layers around it only say that a query failed. */
const causeOf = (error: SqlError): Failure => {
  let cause: unknown = error.reason
  while (typeof cause === 'object' && cause !== null && 'cause' in cause && cause.cause !== undefined)
    ({ cause } = cause)
  return cause instanceof Error ? cause : { message: String(cause) }
}

const known = ({ errcode, code, message }: Failure): readonly [StoreErrorKind, string] | undefined =>
  (errcode === undefined ? undefined : (sqlite[errcode] ?? sqlite[errcode & 0xff])) ??
  (code === undefined ? undefined : (postgres[code] ?? postgres[code.slice(0, 2)])) ??
  // these come without a code, or with one that says less
  withoutCode.find(([pattern]) => pattern.test(message))?.[1]

const locked: readonly [StoreErrorKind, string] = [
  'Locked',
  'another process is writing to it. Try again when it has finished.',
]

/** https://www.sqlite.org/rescode.html */
const sqlite: Readonly<Record<number, readonly [StoreErrorKind, string]>> = {
  5: locked,
  6: locked,
  8: ['ReadOnly', 'this user may not write to it. Change its permissions, or pass --db with another file.'],
  10: ['Damaged', 'the disk reports an error. Check the disk; nothing was changed.'],
  11: ['Damaged', 'the file is damaged. Restore it from a copy; nothing was changed.'],
  13: ['Full', 'no space is left on its disk. Free some and try again; what was acknowledged is kept.'],
  14: ['CannotOpen', 'the file cannot be opened. Check that this user may read it, and write to its folder.'],
  26: [
    'NotADatabase',
    'the file is not an SQLite database. Pass --db with another file; it was not changed.',
  ],
  1032: [
    'CannotOpen',
    'the file was moved, deleted or replaced while it was open. Put it back or start again; nothing was changed.',
  ],
}

const conflict: readonly [StoreErrorKind, string] = [
  'Conflict',
  'other writers were in the way each time that this was tried. Try again; nothing was changed.',
]

/** As where a newer version brought the tables up to date while an older one has them open. */
const otherTables: readonly [StoreErrorKind, string] = [
  'Damaged',
  'its tables are not those of this version of finetune-kit. Update finetune-kit, or restore them from a copy.',
]

/** Node checks the certificate by `sslmode=require` too, and reads no `sslrootcert`. */
const unknownAuthority: readonly [StoreErrorKind, string] = [
  'CannotConnect',
  'its certificate is of an unknown authority. Name the file of that authority in NODE_EXTRA_CA_CERTS.',
]

/** https://www.postgresql.org/docs/current/errcodes-appendix.html, and what a socket says. */
const postgres: Readonly<Record<string, readonly [StoreErrorKind, string]>> = {
  '28': ['CannotConnect', 'the server refuses this user or password. Check DATABASE_URL.'],
  '3D000': ['CannotConnect', 'there is no such database on the server. Create it, or check DATABASE_URL.'],
  '53100': ['Full', 'the disk of the server is full. Free some space and try again.'],
  '22P05': [
    'Failed',
    'its encoding lacks a character of these records. Create the database with the encoding UTF8; nothing was changed.',
  ],
  '40001': conflict,
  '40P01': conflict,
  '42501': ['ReadOnly', 'this user may not write to it. Grant the rights, or use another user.'],
  '25006': ['ReadOnly', 'the server is read-only. Connect to the primary server.'],
  '42P01': otherTables,
  '42703': otherTables,
  '55P03': locked,
  '57014': [
    'Failed',
    'the server cancelled a statement, as it does after the statement_timeout of this user. Raise it, or try again.',
  ],
  '57': ['CannotConnect', 'the server is shutting down or starting up. Try again.'],
  '08': ['CannotConnect', 'the connection was lost. Try again.'],
  ECONNREFUSED: ['CannotConnect', 'no server answers at this address. Start it, or check DATABASE_URL.'],
  ENOTFOUND: ['CannotConnect', 'there is no host of this name. Check DATABASE_URL.'],
  EAI_AGAIN: [
    'CannotConnect',
    'the name of the host cannot be looked up. Check the network and DATABASE_URL.',
  ],
  ECONNRESET: ['CannotConnect', 'the server closed the connection. Try again.'],
  EPIPE: ['CannotConnect', 'the server closed the connection. Try again.'],
  ETIMEDOUT: ['CannotConnect', 'the server does not answer. Check the network and DATABASE_URL.'],
  CERT_HAS_EXPIRED: ['CannotConnect', 'its certificate has expired. Renew it.'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'CannotConnect',
    'its certificate is of another host. Write a host in DATABASE_URL that it is of.',
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
}

const withoutCode: ReadonlyArray<readonly [RegExp, readonly [StoreErrorKind, string] | undefined]> = [
  [/^Connection (closed|ended|terminated)|socket has been ended/, postgres['08']],
  [/^no such (table|column)/, otherTables],
  [
    /^Invalid percent-encoding in URL/,
    ['CannotConnect', 'a % in its address encodes nothing. Write it as %25 in DATABASE_URL.'],
  ],
  [
    /^Unrecognized sslmode/,
    ['CannotConnect', 'its sslmode is not known. Write disable, require or verify-full in DATABASE_URL.'],
  ],
  [/^Connection timed out/, postgres['ETIMEDOUT']],
  [/^No username/, ['CannotConnect', 'the address has no user. Write it as postgres://user@host/database.']],
]

const sentence = (message: string): string => `${escapeUnprintable(message).trimEnd().replace(/\.$/, '')}.`
