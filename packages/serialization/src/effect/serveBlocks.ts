import { parentPort } from 'node:worker_threads'

/** A part of an input, in memory of its own. */
export interface Block {
  readonly bytes: Uint8Array
  /** Where it begins in the input, in bytes from 0. */
  readonly offset: number
}

/**
 * What a worker makes of a block: anything that can be cloned, and the buffers in it that may be
 * moved instead.
 */
export interface Answer<A> {
  readonly value: A
  readonly move?: ReadonlyArray<ArrayBufferLike>
}

/**
 * Makes the module that calls it a worker for `inWorkers`: each block that is sent gets its answer,
 * and is gone then. It is to be called once, at the top of the module.
 *
 * @throws outside a worker thread
 */
export const serveBlocks = <A>(answer: (block: Block) => Answer<A>): void => {
  const port = parentPort
  if (port === null) throw new Error('serve: this module is a worker; give its URL to inWorkers')
  port.on('message', (block: Block) => {
    const { value, move = [] } = answer(block)
    port.postMessage(value, move as Array<ArrayBuffer>)
    free(block.bytes.buffer as ArrayBuffer)
  })
}

/**
 * Where Node can (since 21), at once: by itself V8 lets 64 MB of such memory gather before it looks
 * for what is not needed.
 */
const free = (buffer: ArrayBuffer): void => {
  if (!buffer.detached) buffer.transfer?.(0)
}
