/** Whether an output could not be written because whoever read it has gone: a socket that still held something says so in other words. */
export const isBrokenPipe = (code: string | undefined): boolean => code === 'EPIPE' || code === 'ECONNRESET'
