import type { ServerResponse } from 'node:http'

/** The body of an error, as text. */
export const errorText = (message: string): string => JSON.stringify({ error: { message } })

/** Answers with an error where no handler does. */
export const refuse = (response: ServerResponse, status: number, message: string): void => {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(errorText(message))
}
