import type { IncomingMessage, ServerResponse } from 'node:http'
import { refuse } from './refuse.ts'

/**
 * Ends a request whose body has stopped on its way: no byte came for so many milliseconds. Node
 * limits the time of a whole request only, which a long upload would exceed.
 */
export const endStoppedBody =
  (patience: number) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    const { headers, socket } = request
    if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return
    let read = -1
    const timer = setInterval(() => {
      if (request.complete) clearInterval(timer)
      // bytes that have come and were not read yet wait for the server
      else if (socket.bytesRead > read || request.readableLength > 0) read = socket.bytesRead
      else if (response.headersSent) request.destroy()
      else {
        response.setHeader('connection', 'close')
        refuse(response, 408, 'The body has stopped on its way. Repeat the request.')
      }
    }, patience)
    request.once('close', () => clearInterval(timer))
  }
