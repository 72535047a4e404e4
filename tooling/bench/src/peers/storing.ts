import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Observation } from '@finetune-kit/model'
import { type ImportRecord, openStore } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'

/** Runs a job with a temporary folder. */
export const inFolder = async <A>(job: (folder: string) => Promise<A>): Promise<A> => {
  const folder = mkdtempSync(join(tmpdir(), 'finetune-bench-'))
  return job(folder).finally(() => rmSync(folder, { recursive: true, force: true }))
}

/** Seconds of CPU. */
export const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Records of one read. Each read comes alone, as from a file. */
const piece = 300

const recordsOf = (texts: ReadonlyArray<string>) => {
  let end = 0
  const offsets = texts.map(text => (end += text.length + 1) - text.length - 1)
  return Stream.fromIterable(
    Array.from({ length: Math.ceil(texts.length / piece) }, (_, i) => i * piece),
    { chunkSize: 1 },
  ).pipe(
    Stream.map(from =>
      texts.slice(from, from + piece).map(
        (text, i): ImportRecord => ({
          _tag: 'Record',
          value: JSON.parse(text) as Observation,
          offset: offsets[from + i] as number,
        }),
      ),
    ),
  )
}

/** The CPU of importing these texts into a new store. */
export const imported = (file: string, texts: ReadonlyArray<string>): Promise<number> =>
  Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const store = yield* openStore({ db: file })
        const from = cpu()
        yield* store.importObservations(recordsOf(texts), { source: 'bench' })
        return cpu() - from
      }),
    ),
  )
