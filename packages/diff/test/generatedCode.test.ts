import { expect, test, vi } from 'vitest'

test('importing diff generates no code: a page forbids it after its imports', async () => {
  const generated: Array<string> = []
  class Watched extends Function {
    constructor(...args: ReadonlyArray<string>) {
      super(...args)
      generated.push(args.at(-1) ?? '')
    }
  }
  vi.resetModules()
  vi.stubGlobal('Function', Watched)
  try {
    const { Delta } = await import('@finetune-kit/diff')
    const { record, Integer } = await import('@finetune-kit/codec')
    expect(generated).toEqual([])
    // it is this constructor that a codec generates code by
    Delta.of(record('Point', { x: Integer }))
    expect(generated).not.toEqual([])
  } finally {
    vi.unstubAllGlobals()
  }
})
