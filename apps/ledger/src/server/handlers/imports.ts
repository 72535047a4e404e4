import { truncate } from '@finetune-kit/codec/compile'
import { readFile } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as HttpApiBuilder from 'effect/http-api/HttpApiBuilder'
import * as HttpServerResponse from 'effect/http/HttpServerResponse'
import * as Stream from 'effect/Stream'
import { api } from '../../api/definition/api.ts'
import type { ImportStatus } from '../../api/imports.ts'
import { answer } from '../ApiError.ts'
import { attachment } from '../attachment.ts'
import type { Imports } from '../imports/Imports.ts'
import * as RunKey from '../RunKey.ts'
import { sse } from '../sse.ts'

/** The imports of a page, the rejected records of each, and the characters of each message. */
const [defaultLimit, maxRejects, maxMessage] = [50, 3, 160]

/** An import in a list of many. */
const briefStatus = ({ message, rejects, ...status }: ImportStatus): ImportStatus => ({
  ...status,
  message: message === null ? null : truncate(message, maxMessage),
  rejects: rejects
    .slice(0, maxRejects)
    .map(reject => Object.assign({}, reject, { message: truncate(reject.message, maxMessage) })),
})

/** Uploads of files, their progress and what they rejected. */
export const importHandlers = (imports: Imports) =>
  HttpApiBuilder.group(api, 'imports', handlers =>
    handlers.handleAll({
      start: ({ query: { name, run }, payload }) =>
        answer(
          imports.start({
            name: fileName(name),
            runId: run === undefined ? undefined : RunKey.parse(run).id,
            bytes: payload,
          }),
        ),
      list: ({ query: { before = Number.POSITIVE_INFINITY, limit = defaultLimit } }) =>
        Effect.map(imports.all, all => {
          const found = all.filter(({ id }) => Number(id) < before)
          const shown = found.slice(0, limit)
          return {
            imports: shown.map(briefStatus),
            next: found.length > limit ? Number(shown.at(-1)?.id) : null,
          }
        }),
      get: ({ params: { id } }) => answer(imports.get(id)),
      events: ({ params: { id } }) =>
        answer(
          Effect.map(imports.follow(id), states =>
            sse(Stream.map(states, data => ({ event: 'import', data }))),
          ),
        ),
      cancel: ({ params: { id } }) => answer(imports.cancel(id)),
      rejects: ({ params: { id } }) =>
        answer(
          Effect.map(imports.rejectsOf(id), path =>
            HttpServerResponse.stream(path === undefined ? Stream.empty : readFile(path), {
              contentType: 'application/x-ndjson',
              headers: attachment(`rejects-${id}.ndjson`),
            }),
          ),
        ),
    }),
  )

/** The last part of a path, as a browser may send it with a dropped folder. */
const fileName = (name: string): string => name.replaceAll('\0', '').split(/[/\\]/).at(-1) || 'upload'
