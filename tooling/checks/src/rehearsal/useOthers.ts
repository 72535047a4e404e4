import { join } from 'node:path'
import type { Published } from './Published.ts'
import type { Stranger } from './Stranger.ts'
import { userPrints, userProgram } from './strangerSources.ts'

/** pnpm: a package that imports what it does not list as a dependency fails here. */
export const usePnpm = async ({ run, write }: Stranger, published: Published): Promise<string> => {
  write('entries.mjs', published.entries.map(entry => `await import('${entry}')`).join('\n'))
  await run('pnpm', 'add', ...published.libraries, ...published.peers)
  await run('node', 'entries.mjs')
  return `${published.entries.length} entries imported`
}

const arm = process.arch === 'arm64'

/** Runtimes other than Node: the npm package of the program, how it adds a package and runs a file. */
const runtimes = {
  bun: {
    tool: `@oven/bun-linux-${arm ? 'aarch64' : 'x64'}`,
    version: '1.4.4',
    program: 'bin/bun',
    add: (name: string) => name,
    flags: ['run'],
  },
  deno: {
    tool: `@deno/linux-${arm ? 'arm64' : 'x64'}-glibc`,
    version: '2.9.6',
    program: 'deno',
    add: (name: string) => `npm:${name}`,
    flags: ['run', '--allow-all', '--no-prompt'],
  },
} as const

export type Runtime = keyof typeof runtimes

/** Bun and Deno install with their own client and run every example. */
export const useRuntime = async (
  name: Runtime,
  tools: Stranger,
  stranger: Stranger,
  published: Published,
  examples: ReadonlyMap<string, string>,
): Promise<string> => {
  const { tool, version, program, add, flags } = runtimes[name]
  await tools.run('npm', 'install', `${tool}@${version}`)
  const runtime = join(tools.folder, 'node_modules', tool, program)
  const run = (...args: ReadonlyArray<string>) => stranger.run(runtime, ...args)
  stranger.write('user.ts', userProgram)
  for (const [path, text] of examples) stranger.write(path, text)
  await run('add', ...[...published.libraries, ...published.peers, ...published.inExamples].map(add))
  const printed = await run(...flags, 'user.ts')
  if (!printed.includes(userPrints)) throw new Error(`${name}: it printed "${printed}".`)
  return (await run(...flags, 'examples.ts')).trim().split('\n').at(-1) ?? ''
}
