/**
 * Runs a PostgreSQL that obeys the lines `stop` and `start`. Prints its URL after each, and ends
 * with its input.
 */
import { createInterface } from 'node:readline'
import { startServer } from './PostgresServer.ts'

const server = startServer()
process.stdout.write(`${server.url}\n`)
for await (const line of createInterface(process.stdin)) {
  if (line === 'stop') server.stop()
  if (line === 'start') server.start()
  process.stdout.write(`${server.url}\n`)
}
server.remove()
