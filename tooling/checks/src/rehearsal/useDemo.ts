import { cpSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { command, type Environment } from './command.ts'
import { serve } from './serve.ts'

/**
 * The demo in a copy of the sources, as a fresh clone has them: it prints few lines, installs less
 * than everything, and leaves the sources as they are.
 */
export const useDemo = async (root: string, folder: string, env: Environment): Promise<string> => {
  const options = { cwd: folder, env }
  const listed = await command('git', ['ls-files', '-z'], { cwd: root, env })
  const files = listed.split('\0').filter(file => file !== '' && existsSync(join(root, file)))
  for (const file of files) cpSync(join(root, file), join(folder, file))
  await command('git', ['init', '-q'], options)
  await command('git', ['add', '--all'], options)

  const start = performance.now()
  const printed = await serve('pnpm', ['demo', '--port', '0'], options)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const lines = printed.trim().split('\n').length
  if (lines > 10) throw new Error(`pnpm demo: it printed ${lines} lines.\n${printed}`)
  const tools = readdirSync(join(folder, 'node_modules')).filter(name => /typescript|vitest|turbo/.test(name))
  if (tools.length > 0) throw new Error(`pnpm demo: it installed ${tools.join(', ')}.`)
  const changed = await command('git', ['status', '--porcelain', '--untracked-files=no'], options)
  const edits = changed.split('\n').filter(line => /^.[MD]/.test(line))
  if (edits.length > 0) throw new Error(`pnpm demo: it changed files.\n${edits.join('\n')}`)
  const [size] = (await command('du', ['-sm', 'node_modules'], options)).split('\t')
  return `${lines} lines after ${seconds} s; ${size} MB installed`
}
