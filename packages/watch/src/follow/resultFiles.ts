import { type ResultFile, resultFileIds, type Run } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import type { Client } from '../client/Client.ts'
import type { ServiceError } from '../client/ServiceError.ts'
import type { KnownItems } from './KnownItems.ts'

/** The result files of a run that are not known, and those that the service does not have yet. */
export const resultFiles = <E>(client: Client, run: Run, known: KnownItems<E>) =>
  Effect.gen(function* () {
    const ids = resultFileIds(run)
    const have = ids.length === 0 ? new Set<string>() : yield* known(ids)
    const files: Array<ResultFile> = []
    const missing: Array<string> = []
    for (const name of ids) {
      if (have.has(name)) continue
      const content = yield* Effect.catchIf(
        wholeContent(client, name),
        error => error.kind === 'NotFound',
        () => Effect.succeed(undefined),
      )
      if (content === undefined) missing.push(name)
      else files.push({ object: 'finetune-kit.result-file', name, content })
    }
    return { files, missing }
  })

/** Answers that must be the same where the size of a file is another than the service names. */
const agreeing = 4

/**
 * The content of a file; undefined if it is not whole. It is, if it has the size that the service
 * names, plain or in base64, or if several answers are the same: a gateway may cut one.
 */
const wholeContent = (client: Client, id: string): Effect.Effect<string | undefined, ServiceError> =>
  Effect.gen(function* () {
    const { bytes } = yield* client.file(id)
    const content = yield* client.content(id)
    const sizes = [Buffer.byteLength(content), Buffer.from(content, 'base64').length]
    if (typeof bytes === 'number' && sizes.includes(bytes)) return content
    for (let i = 1; i < agreeing; i++) if ((yield* client.content(id)) !== content) return undefined
    return content
  })
