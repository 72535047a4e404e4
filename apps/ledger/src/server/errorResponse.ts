import * as HttpServerResponse from 'effect/http/HttpServerResponse'

/** A response with an error: its status, and the reason as one sentence. */
export const errorResponse = (status: number, message: string): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.jsonUnsafe({ error: { message } }, { status })
