import { serveBlocks } from '@finetune-kit/serialization/worker'

/** Answers with the number of lines and where the block began; a block with the word "throw" is too much for it. */
serveBlocks(({ bytes, offset }) => {
  const text = new TextDecoder().decode(bytes)
  if (text.includes('throw')) throw new Error('asked to throw')
  return { value: { lines: text.split('\n').length - 1, offset, length: bytes.length } }
})
