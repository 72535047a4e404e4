/** True if the reader of an output has gone. A socket with unread data in it reports ECONNRESET. */
export const isBrokenPipe = (code: string | undefined): boolean => code === 'EPIPE' || code === 'ECONNRESET'
