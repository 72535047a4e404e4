import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const guard = resolve(import.meta.dirname, '../guard.mjs')

const guardOn = (version: string) => {
  const fake = `Object.defineProperty(process, 'version', { value: 'v${version}' })
    Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })
    await import(${JSON.stringify(guard)})`
  return spawnSync(process.execPath, ['--input-type=module', '--eval', fake], { encoding: 'utf8' })
}

test.each(['20.20.2', '22.18.0', '18.0.0'])(
  'guard refuses Node %s by a sentence and exit code 1',
  version => {
    const { status, stderr } = guardOn(version)
    expect(status).toBe(1)
    expect(stderr).toBe(
      `finetune-kit needs Node 22.19 or newer to build and test, and this is v${version}. ` +
        'It brings its own (Linux, x64 and arm64): run "npx --yes pnpm@12.21.0 install" and see why that fails. ' +
        'Elsewhere install Node 24.\n',
    )
  },
)

test.each(['22.19.0', '24.21.0', '26.0.0'])('guard lets Node %s pass', version => {
  const { status, stderr } = guardOn(version)
  expect([status, stderr]).toEqual([0, ''])
})
