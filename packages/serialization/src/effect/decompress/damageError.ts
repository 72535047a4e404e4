import type { Compression } from '../../Compression.ts'
import type { Reject } from '../../Format.ts'
import { locatedReason, malformedAt } from '../../malformedAt.ts'
import { type FileError, fileError } from '../FileError.ts'
import { type Damage, otherData } from './Decompressor.ts'

/** The error of a file whose compressed data is damaged. */
export const damageError = (name: string, compression: Compression, damage: Damage): FileError => ({
  ...fileError(name, `damaged ${compression} data: ${describe(damage)}`),
  damage: { ...damage, compression },
})

const describe = ({ reason, offset }: Damage): string => locatedReason(offset, reason, remedyOf(reason))

const remedyOf = (reason: string): string => remedies.get(reason) ?? 'Fetch the file again'

const remedies: ReadonlyMap<string, string> = new Map([
  [otherData, 'Remove it'],
  // of zstd, whose files have windows of up to 8 MiB unless told otherwise; 128 MiB are read
  ['Frame requires too much memory for decoding', 'Unpack it with zstd -d --long=31'],
])

/**
 * The reject that stands for damage of compressed data, if an error is one. It counts as one record
 * if the output is incomplete, because the damage cuts one.
 */
export const damageReject = (error: unknown, inTable = ''): Reject | undefined => {
  const damage = (error as Partial<FileError> | undefined)?.damage
  if (damage === undefined) return undefined
  const { compression, offset, reason, isInside } = damage
  const table = inTable === '' ? {} : { table: inTable }
  return {
    _tag: 'Reject',
    ...table,
    offset,
    raw: new Uint8Array(0),
    error: { ...malformedAt(compression)(offset, reason, remedyOf(reason)), ...table },
    ...(isInside ? {} : { records: 0 }),
    isFinal: true,
  }
}
