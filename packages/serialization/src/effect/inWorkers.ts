import type { Worker } from 'node:worker_threads'
import * as Effect from 'effect/Effect'
import * as Queue from 'effect/Queue'
import * as Stream from 'effect/Stream'
import type { Block } from './serveBlocks.ts'

/** A worker thread that ended or threw: an error of the program, not of its input. */
export interface WorkerError {
  readonly _tag: 'WorkerError'
  readonly reason: string
}

/**
 * Sends each block to one of `jobs` worker threads that run `module` (which calls `serveBlocks`,
 * and gets `data` as its `workerData`), and emits their answers in the order of the blocks. Threads
 * start and end with the stream.
 */
export const inWorkers =
  <A>(module: URL, { jobs, data }: { readonly jobs: number; readonly data?: unknown }) =>
  <E, R>(blocks: Stream.Stream<Block, E, R>): Stream.Stream<A, E | WorkerError, R> =>
    Stream.unwrap(
      Effect.gen(function* () {
        // loaded for the first worker, because loading takes a while
        const threads = yield* Effect.promise(() => import('node:worker_threads'))
        const free = yield* Queue.unbounded<Hand<A>>()
        const hands: Array<Hand<A>> = []
        for (let i = 0; i < jobs; i++) {
          const worker = yield* Effect.acquireRelease(
            Effect.sync(() => new threads.Worker(module, { workerData: data })),
            started => Effect.promise(() => started.terminate()),
          )
          hands.push(hand(worker))
        }
        for (let i = 0; i < blocksEach; i++) yield* Queue.offerAll(free, hands)
        return Stream.mapEffect(
          blocks,
          block =>
            Effect.acquireUseRelease(
              Queue.take(free),
              ask => ask(block),
              ask => Queue.offer(free, ask),
            ),
          { concurrency: jobs * blocksEach },
        )
      }),
    )

/** Blocks sent to a worker at once, so that it never waits for the next one. */
const blocksEach = 2

type Hand<A> = (block: Block) => Effect.Effect<A, WorkerError>

/** A worker answers in the order of its requests. */
const hand = <A>(worker: Worker): Hand<A> => {
  type Resume = (effect: Effect.Effect<A, WorkerError>) => void
  const asked: Array<Resume> = []
  let ended: Effect.Effect<never, WorkerError> | undefined
  const trouble = (reason: string): void => {
    ended = Effect.fail({ _tag: 'WorkerError', reason })
    for (const resume of asked.splice(0)) resume(ended)
  }
  worker
    .on('message', (answer: A) => asked.shift()?.(Effect.succeed(answer)))
    .on('error', error => trouble(error instanceof Error ? error.message : String(error)))
    .on('exit', code => trouble(`a worker thread ended with code ${code}`))
  return block =>
    Effect.callback<A, WorkerError>(resume => {
      if (ended !== undefined) return resume(ended)
      asked.push(resume)
      worker.postMessage(block, [block.bytes.buffer as ArrayBuffer])
    })
}
