import * as HttpApiMiddleware from 'effect/http-api/HttpApiMiddleware'

/** Turns requests that do not fit the definition of their endpoint into responses with a sentence. */
export class RequestErrors extends HttpApiMiddleware.Service<RequestErrors>()('finetune-kit/RequestErrors') {}
