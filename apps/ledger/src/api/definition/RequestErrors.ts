import * as HttpApiMiddleware from 'effect/http-api/HttpApiMiddleware'
import { failures } from './schemaOf.ts'

/**
 * Turns requests that do not fit the definition of their endpoint into responses with a sentence:
 * status 400 is that of every endpoint.
 */
export class RequestErrors extends HttpApiMiddleware.Service<RequestErrors>()('finetune-kit/RequestErrors', {
  error: failures(400),
}) {}
