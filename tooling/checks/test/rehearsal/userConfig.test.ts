import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { command } from '../../src/rehearsal/command.ts'
import { assertRegistry } from '../../src/rehearsal/publishCopy.ts'
import { withRegistry } from '../../src/rehearsal/userConfig.ts'

const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-user-config-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const url = 'http://127.0.0.1:1/'

test('the scope alone has the registry, and tokens of the machine are left out', async () => {
  vi.stubEnv('NPM_TOKEN', 'secret')
  const usual = await command('npm', ['config', 'get', 'registry'], { cwd: folder, env: process.env })
  const env = await withRegistry(folder, url)
  const get = (name: string) => command('npm', ['config', 'get', name], { cwd: folder, env })
  expect((await get('@finetune-kit:registry')).trim()).toBe(url)
  expect(await get('registry')).toBe(usual)
  expect(Object.values(env)).not.toContain('secret')
  expect(readFileSync(join(folder, 'home/.npmrc'), 'utf8')).toContain(`@finetune-kit:registry=${url}`)
  await assertRegistry(url, folder, env)
  vi.unstubAllEnvs()
})

test('nothing is published where another registry would take it', async () => {
  const env = { ...process.env, NPM_CONFIG_USERCONFIG: join(folder, 'missing') }
  await expect(assertRegistry(url, folder, env)).rejects.toThrow('nothing was published')
})
