import { parentPort } from 'node:worker_threads'

/** A part of an input, with memory of its own. */
export interface Block {
  readonly bytes: Uint8Array
  /** Offset in the input, in bytes from 0. */
  readonly offset: number
}

/**
 * The answer to a block: any value that can be cloned, and the buffers in it to transfer instead.
 */
export interface Answer<A> {
  readonly value: A
  readonly move?: ReadonlyArray<ArrayBufferLike>
}

/**
 * Makes the calling module a worker for `inWorkers`: answers each block and frees it. Call it once,
 * at the top of the module.
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
 * Frees a buffer at once, where Node can (since 21): otherwise V8 lets 64 MB of such memory
 * accumulate before it collects garbage.
 */
const free = (buffer: ArrayBuffer): void => {
  if (!buffer.detached) buffer.transfer?.(0)
}
