import { expect, test } from 'vitest'
import { unsupportedNode } from '../src/nodeVersion.ts'

test('unsupported says what an old Node lacks, and nothing of a newer one', () => {
  for (const version of ['v22.19.0', 'v24.21.0', 'v26.0.0', process.version])
    expect(unsupportedNode(version)).toBe(undefined)
  for (const version of ['v22.18.1', 'v20.20.0', 'v9.0.0'])
    expect(unsupportedNode(version)).toBe(
      `finetune-kit needs Node 22.19 or newer, and this is ${version}. ` +
        'Start it by "npx --yes pnpm@12.21.0 demo", which brings its own, or install Node 24.',
    )
})
