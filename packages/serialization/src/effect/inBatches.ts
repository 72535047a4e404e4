import { setImmediate } from 'node:timers/promises'

/** The most items of a batch: a chunk, or a block that is compressed, may expand to millions. */
const maxBatch = 4096

/**
 * The items of an iterable in batches. Takes no more from it than is asked for. Yields arrays,
 * because nested generators retain what they have passed.
 */
export function* inBatches<A>(all: Iterable<A>): Generator<ReadonlyArray<A>> {
  let batch: Array<A> = []
  for (const one of all)
    if (batch.push(one) === maxBatch) {
      yield batch
      batch = []
    }
  yield batch
}

/** The same for an async iterable, in batches of this size: they share the overhead of a stream. */
export async function* inAsyncBatches<A>(
  all: AsyncIterable<A>,
  size: number,
): AsyncGenerator<ReadonlyArray<A>> {
  let batch: Array<A> = []
  for await (const one of all)
    if (batch.push(one) === size) {
      yield batch
      batch = []
      await setImmediate() // V8 finishes its marking in a task of its own
    }
  yield batch
}
