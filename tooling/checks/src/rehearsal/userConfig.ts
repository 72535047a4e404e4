import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { programVariables, withoutProxy } from '../programVariables.ts'
import { command, type Environment } from './command.ts'

/** Names the registry for the scope alone; other packages come from the machine's registry. */
const scopeLines = (url: string) =>
  [`@finetune-kit:registry=${url}`, `${url.replace('http:', '')}:_authToken=rehearsal`].join('\n')

/**
 * Returns an environment whose home folder holds a copy of the user's npm configuration and the
 * scope's registry. Caches stay where they are; tokens of the machine are left out.
 */
export const withRegistry = async (folder: string, url: string): Promise<Environment> => {
  const home = join(folder, 'home')
  mkdirSync(home)
  const usual = process.env['NPM_CONFIG_USERCONFIG'] ?? join(homedir(), '.npmrc')
  const present = existsSync(usual) ? readFileSync(usual, 'utf8') : ''
  const config = join(home, '.npmrc')
  writeFileSync(config, `${present}\n${scopeLines(url)}\n`, { mode: 0o600 })
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm|pnpm)_|^(NPM|NODE_AUTH)_TOKEN$/i.test(name) && !programVariables.test(name),
  )
  const cache = await command('npm', ['config', 'get', 'cache'], { cwd: folder, env: process.env })
  return {
    ...Object.fromEntries(kept),
    ...withoutProxy(process.env),
    HOME: home,
    NPM_CONFIG_USERCONFIG: config,
    npm_config_cache: cache.trim(),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    DO_NOT_TRACK: '1',
  }
}
