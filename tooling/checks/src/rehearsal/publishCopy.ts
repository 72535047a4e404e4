import { cpSync, symlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { command, type Environment } from './command.ts'

const left = new Set(['.git', '.turbo', '.test', '.examples', 'test'])

/** Copies the workspace with what was built; its installed dependencies are linked. */
const copyWorkspace = (root: string, copy: string): void => {
  const modules = join(root, 'node_modules')
  const filter = (path: string) => path !== modules && !left.has(basename(path))
  cpSync(root, copy, { recursive: true, verbatimSymlinks: true, filter })
  symlinkSync(modules, join(copy, 'node_modules'))
}

/** Rejects unless every client that could publish answers with the loopback registry. */
export const assertRegistry = async (url: string, cwd: string, env: Environment): Promise<void> => {
  for (const client of ['npm', 'pnpm']) {
    const answer = await command(client, ['config', 'get', '@finetune-kit:registry'], { cwd, env })
    if (answer.trim() === url) continue
    throw new Error(
      `${client}: it would publish to ${answer.trim()}. Expected ${url}; nothing was published.`,
    )
  }
}

/** Versions the packages and programs by the changesets, in a copy, and publishes them. */
export const publishCopy = async (
  root: string,
  copy: string,
  url: string,
  env: Environment,
): Promise<void> => {
  copyWorkspace(root, copy)
  const options = { cwd: copy, env }
  const author = ['-c', 'user.name=rehearsal', '-c', 'user.email=rehearsal@localhost']
  await command('git', ['init', '-q'], options)
  await command('git', [...author, 'commit', '-q', '--allow-empty', '-m', 'Start'], options)
  await command('changeset', ['version'], options)
  await assertRegistry(url, copy, env)
  await command('changeset', ['publish', '--no-git-tag'], options)
}
