import { isResultFile } from '@finetune-kit/archive/detect'
import { expect, test } from 'vitest'

const bytes = (text: string) => new TextEncoder().encode(text)
const csv = 'step,train_loss,valid_loss\n1,8e-05,\n2,0.5,'

test('isResultFile recognises the columns of both families, plain and in base64, wherever it is cut', () => {
  expect(isResultFile(bytes(`\ufeff${csv}`))).toBe(true)
  for (const text of [csv, 'step,elapsed_tokens,training_loss\r\n1,2,3\r\n', 'train_loss,step\n']) {
    expect(isResultFile(bytes(text))).toBe(true)
    expect(isResultFile(Buffer.from(Buffer.from(text).toString('base64')))).toBe(true)
  }
  const url = Buffer.from(`${csv},?>?>~~~\n`).toString('base64url')
  expect(url).toMatch(/[-_]/)
  expect(isResultFile(bytes(url))).toBe(true)
  const encoded = Buffer.from(csv.repeat(9)).toString('base64')
  for (const end of [60, 61, 62, 63, 64]) expect(isResultFile(bytes(encoded.slice(0, end)))).toBe(true)
})

test('isResultFile takes no table of records, and no other text, for one', () => {
  for (const text of [
    '',
    'step',
    'id,object,created_at\nft-1,fine-tune,1\n',
    'id,object,step\nx,y,1\n',
    '{"object":"fine_tuning.job"}',
    'c3RlcA==',
    'plain words, and more of them',
    '<html>step,train_loss</html>',
  ])
    expect(isResultFile(bytes(text))).toBe(false)
})
