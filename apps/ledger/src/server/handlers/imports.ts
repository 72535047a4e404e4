import { readFile } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as HttpApiBuilder from 'effect/http-api/HttpApiBuilder'
import * as HttpServerResponse from 'effect/http/HttpServerResponse'
import * as Stream from 'effect/Stream'
import { api } from '../../api/definition/api.ts'
import { answer } from '../ApiError.ts'
import { attachment } from '../attachment.ts'
import type { Imports } from '../imports/Imports.ts'
import * as RunKey from '../RunKey.ts'
import { sse } from '../sse.ts'

/** The most rejected records of each import in a list of imports. */
const maxRejects = 3

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
      list: () =>
        Effect.map(imports.all, imports => ({
          imports: imports.map(one => ({ ...one, rejects: one.rejects.slice(0, maxRejects) })),
        })),
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
