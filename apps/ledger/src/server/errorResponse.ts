import * as HttpServerResponse from 'effect/http/HttpServerResponse'

/** An answer that is not what was asked for: its status, and why, as one sentence. */
export const errorResponse = (status: number, error: string): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.jsonUnsafe({ error }, { status })
