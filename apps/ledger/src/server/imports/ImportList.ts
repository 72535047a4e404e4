import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { truncate } from '@finetune-kit/codec/compile'
import type { Store } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import type * as Fiber from 'effect/Fiber'
import type * as Scope from 'effect/Scope'
import * as SubscriptionRef from 'effect/SubscriptionRef'
import type { ImportStatus } from '../../api/imports.ts'
import { type ApiError, apiError } from '../ApiError.ts'
import { keepStopped, takeStopped } from './stoppedImports.ts'

/** An import, and where its rejected records are written. */
export interface Import {
  readonly status: SubscriptionRef.SubscriptionRef<ImportStatus>
  readonly rejectsPath: string
  fiber: Fiber.Fiber<unknown, unknown> | undefined
}

/** The imports that a server remembers: those to come, the running one, and the last that are over. */
export interface ImportList {
  readonly add: (name: string, bytes: number) => Effect.Effect<Import>
  readonly find: (id: string) => Effect.Effect<Import, ApiError>
  /** All of them, the newest first. */
  readonly all: Effect.Effect<ReadonlyArray<ImportStatus>>
  /** Keeps an import that the end of the server stops for the list of the next server. */
  readonly keep: (one: Import) => Effect.Effect<void>
}

/** The most imports that are remembered when they are over. */
const maxKept = 100

/** Opens the list; it begins with the imports that the end of the server before stopped. */
export const make = (store: Store, folder: string): Effect.Effect<ImportList, never, Scope.Scope> =>
  Effect.gen(function* () {
    const imports = new Map<string, Import>()
    const unfinished: Array<ImportStatus> = []
    let count = 0

    const add: ImportList['add'] = (name, bytes) =>
      Effect.gen(function* () {
        const id = String(++count)
        const status = yield* SubscriptionRef.make<ImportStatus>(waiting(id, name, bytes))
        const one: Import = { status, rejectsPath: join(folder, `${id}.rejects`), fiber: undefined }
        imports.set(id, one)
        yield* forgetOldest(imports)
        return one
      })
    for (const status of yield* takeStopped(store)) {
      const one = yield* add(status.name, status.bytes)
      yield* update(one, { ...status, id: one.status.value.id })
    }
    // the end of the scope stops the last one first
    yield* Effect.addFinalizer(() =>
      keepStopped(
        store,
        unfinished.toSorted((a, b) => Number(a.id) - Number(b.id)),
      ),
    )
    return {
      add,
      find: id => {
        const found = imports.get(id)
        return found === undefined ? Effect.fail(unknownImport(id)) : Effect.succeed(found)
      },
      all: Effect.sync(() => [...imports.values()].map(({ status }) => status.value).toReversed()),
      keep: ({ status }) => Effect.sync(() => void unfinished.push(status.value)),
    }
  })

const unknownImport = (id: string): ApiError =>
  apiError(404, `import ${JSON.stringify(id)}: not known since the server started. Look at /api/imports.`)

/** Changes the state of an import; its followers see that. */
export const update = ({ status }: Import, change: Partial<ImportStatus>) =>
  SubscriptionRef.update(status, before => ({ ...before, ...change }))

/** True if an import in this state is over. */
export const isFinal = (state: ImportStatus['state']): boolean => state !== 'waiting' && state !== 'running'

/** Forgets imports that are over, the oldest first, with their rejected records. */
const forgetOldest = (imports: Map<string, Import>): Effect.Effect<void> =>
  Effect.promise(async () => {
    const over = [...imports].filter(([, { status }]) => isFinal(status.value.state))
    for (const [id, { rejectsPath }] of over.slice(0, -maxKept)) {
      imports.delete(id)
      await rm(rejectsPath, { force: true })
    }
  })

/** The most characters of a name. */
const maxName = 200

const waiting = (id: string, name: string, bytes: number): ImportStatus => ({
  id,
  name: truncate(name, maxName),
  state: 'waiting',
  bytes,
  bytes_read: 0,
  records: 0,
  added: 0,
  changed: 0,
  unchanged: 0,
  items: 0,
  rejected: 0,
  rejects: [],
  message: null,
  started_at: Date.now() / 1000,
  ended_at: null,
})
