import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { runFinetune } from './runFinetune.ts'

test.each(['validate', 'convert', 'runs', 'watch'])('the help of %s fits 100 columns', async name => {
  const { stdout } = await runFinetune([name, '--help'])
  const long = stripVTControlCharacters(stdout)
    .split('\n')
    .filter(line => line.length > 100 && !line.trimStart().startsWith('finetune'))
  expect(long).toEqual([])
})
