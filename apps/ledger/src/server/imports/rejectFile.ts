import { appendFileSync } from 'node:fs'
import type { Rejected } from '@finetune-kit/store'
import { type LedgerError, ledgerError } from '../../LedgerError.ts'

/** Bytes of rejected records that are kept: a file of something else has one in each line. */
const maxBytes = 256 * 1024 * 1024

/**
 * Appends rejected records to a file, each as a line of NDJSON, until it is full, which its last
 * line says then. Returns the reason if they cannot be written.
 */
export const rejectFile = (name: string, path: string, size = maxBytes) => {
  let left = size
  return (rejected: ReadonlyArray<Rejected>): LedgerError | undefined => {
    if (left <= 0) return undefined
    const text = rejected.map(lineOf).join('')
    left -= text.length
    try {
      appendFileSync(path, left > 0 ? text : text + full)
      return undefined
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      const [problem, remedy] =
        code === 'ENOSPC'
          ? ['no space is left for its rejected records', 'Free some']
          : [`its rejected records cannot be written (${code})`, 'Check the folder of TMPDIR']
      return ledgerError(`${name}: ${problem}. ${remedy}, and import it again; what is imported stays.`)
    }
  }
}

/** The position of a rejected record, the reason, and its beginning. */
const lineOf = ({ line, record, offset, reason, raw }: Rejected): string =>
  `${JSON.stringify({ line, record, offset, message: reason, raw })}\n`

const full = `${JSON.stringify({ message: 'More rejected records are not kept.' })}\n`
