import { expect, test } from 'vitest'
import { unsupportedNode } from '../src/nodeVersion.ts'

test('unsupportedNode says which Node a program needs and how to get it, and nothing on a newer one', () => {
  for (const version of ['v22.19.0', 'v24.21.0', 'v26.0.0', process.version])
    expect(unsupportedNode('finetune', version)).toBe(undefined)
  for (const version of ['v22.18.1', 'v20.20.0', 'v9.0.0'])
    expect(unsupportedNode('finetune', version)).toBe(
      `finetune needs Node 22.19 or newer, and this is ${version}. Install Node 24 from https://nodejs.org, ` +
        'or run: npx --package=node@24 --package=@finetune-kit/cli finetune',
    )
})
