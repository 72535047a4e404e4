/** A stream that a command writes to: a terminal, a pipe, or the buffer of a test. */
export type Output = NodeJS.WritableStream &
  Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'hasColors'>>

/**
 * True if an output is to have colours: a terminal that shows them, unless `NO_COLOR` is set.
 * `FORCE_COLOR` decides for every output; 0 and false are no.
 */
export const hasColours = (
  output: Output,
  { FORCE_COLOR: force = '', NO_COLOR: no = '' }: Readonly<Record<string, string | undefined>>,
): boolean =>
  force === '' ? no === '' && (output.hasColors?.() ?? false) : force !== '0' && force !== 'false'

/** True of a terminal on which a line can be drawn again: not of a dumb one, as Emacs has it. */
export const canRedraw = (
  { isTTY = false }: Pick<Output, 'isTTY'>,
  { TERM: term }: Readonly<Record<string, string | undefined>>,
): boolean => isTTY && term !== 'dumb'

/** The columns of a terminal: none of a pipe, nor of a terminal of no size, as `script` opens one. */
export const columnsOf = ({ columns = 0 }: Pick<Output, 'columns'>): number | undefined =>
  columns > 0 ? columns : undefined

/** True if the reader of an output has gone. A socket with unread data in it reports ECONNRESET. */
export const isBrokenPipe = (code: string | undefined): boolean => code === 'EPIPE' || code === 'ECONNRESET'

/**
 * Calls back once nobody reads standard output any more. That is no mistake, `head` stops reading
 * early; a full disk is one, even where it shows only after all has been written. Messages that
 * nobody reads are lost, and what they are about is done all the same.
 */
export const onUnread = (callBack: () => void): void => {
  let isReported = false
  for (const name of ['stdout', 'stderr'] as const)
    process[name].on('error', ({ code, message }: NodeJS.ErrnoException) => {
      if (isBrokenPipe(code) && name === 'stderr') return
      if (!isBrokenPipe(code) && !isReported) {
        isReported = true
        const reason = code === 'ENOSPC' ? 'no space is left. Free some or write elsewhere' : message
        console.error(`${name}: ${reason}.`)
        process.once('exit', () => void (process.exitCode = 2))
      }
      callBack()
    })
}
