import { Worker } from 'node:worker_threads'
import * as Effect from 'effect/Effect'
import * as Queue from 'effect/Queue'
import * as Stream from 'effect/Stream'
import type { Block } from './serve.ts'

/** A worker thread that ended, or threw: a fault of the program, not of its input. */
export interface WorkerTrouble {
  readonly _tag: 'WorkerTrouble'
  readonly reason: string
}

/**
 * Sends each block to one of `jobs` worker threads that run `module` (which calls `serve`, and finds `data` as its `workerData`),
 * and gives their answers in the order of the blocks. Threads start with the stream and end with it, however it ends.
 */
export const inWorkers =
  <A>(module: URL, { jobs, data }: { readonly jobs: number; readonly data?: unknown }) =>
  <E, R>(blocks: Stream.Stream<Block, E, R>): Stream.Stream<A, E | WorkerTrouble, R> =>
    Stream.unwrap(
      Effect.gen(function* () {
        const idle = yield* Queue.unbounded<Worker>()
        for (let i = 0; i < jobs; i++) {
          const worker = yield* Effect.acquireRelease(
            Effect.sync(() => new Worker(module, { workerData: data })),
            started => Effect.promise(() => started.terminate()),
          )
          yield* Queue.offer(idle, worker)
        }
        return Stream.mapEffect(
          blocks,
          block =>
            Effect.acquireUseRelease(
              Queue.take(idle),
              worker => ask<A>(worker, block),
              worker => Queue.offer(idle, worker),
            ),
          { concurrency: jobs },
        )
      }),
    )

const ask = <A>(worker: Worker, block: Block): Effect.Effect<A, WorkerTrouble> =>
  Effect.callback<A, WorkerTrouble>(resume => {
    const settle = (effect: Effect.Effect<A, WorkerTrouble>): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      resume(effect)
    }
    const trouble = (reason: string) => settle(Effect.fail({ _tag: 'WorkerTrouble', reason }))
    const onMessage = (answer: A) => settle(Effect.succeed(answer))
    const onError = (error: unknown) => trouble(error instanceof Error ? error.message : String(error))
    const onExit = (code: number) => trouble(`a worker thread ended with code ${code}`)
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    worker.postMessage(block, [block.bytes.buffer as ArrayBuffer])
  })
