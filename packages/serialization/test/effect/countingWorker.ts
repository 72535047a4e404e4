import { serveBlocks } from '@finetune-kit/serialization/worker'

/**
 * Returns the number of lines of a block and its offset; throws at a block with the word "throw".
 */
serveBlocks(({ bytes, offset }) => {
  const text = new TextDecoder().decode(bytes)
  if (text.includes('throw')) throw new Error('asked to throw')
  return { value: { lines: text.split('\n').length - 1, offset, length: bytes.length } }
})
