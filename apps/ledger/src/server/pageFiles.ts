import * as Effect from 'effect/Effect'
import type * as HttpServerError from 'effect/http/HttpServerError'
import * as HttpRouter from 'effect/http/HttpRouter'
import * as HttpServerRespondable from 'effect/http/HttpServerRespondable'
import * as HttpStaticServer from 'effect/http/HttpStaticServer'
import * as Layer from 'effect/Layer'
import { errorResponse, noSuchPage } from './ApiError.ts'

/** The files of a folder. A path that no file can have is not found either. */
export const pageFiles = (root: string) =>
  Layer.effectDiscard(
    Effect.gen(function* () {
      const file = yield* Effect.orDie(HttpStaticServer.make({ root }))
      const router = yield* HttpRouter.HttpRouter
      yield* router.add(
        'GET',
        '/*',
        Effect.catch(file, error =>
          isImpossible(error)
            ? Effect.succeed(errorResponse({ status: 404, message: noSuchPage }))
            : HttpServerRespondable.toResponse(error),
        ),
      )
    }),
  )

/** True where a path goes through a file, or has a name that is too long for one. */
const isImpossible = (error: HttpServerError.HttpServerError): boolean => {
  let cause: unknown = error
  while (cause instanceof Error && cause.cause !== undefined) ({ cause } = cause)
  const { code } = (cause ?? {}) as NodeJS.ErrnoException
  return code === 'ENOTDIR' || code === 'ENAMETOOLONG'
}
