/**
 * Rehearsal of a release: versions every package and program by the changesets, in a copy of the
 * workspace, publishes them to a registry in this process, and installs them in fresh projects; and
 * of a first run, the demo of a fresh clone. Needs a build. Exits 1 at the first failure.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { checkTarball } from './rehearsal/checkTarball.ts'
import { openRegistry } from './rehearsal/LoopbackRegistry.ts'
import { publishedLibraries } from './rehearsal/Published.ts'
import { publishCopy } from './rehearsal/publishCopy.ts'
import { exampleModules, shownModules } from './rehearsal/strangerSources.ts'
import { newStranger } from './rehearsal/Stranger.ts'
import { useDemo } from './rehearsal/useDemo.ts'
import { useGuide } from './rehearsal/useGuide.ts'
import { useNpm } from './rehearsal/useNpm.ts'
import { usePages } from './rehearsal/usePages.ts'
import { usePnpm, useRuntime } from './rehearsal/useOthers.ts'
import { usePrograms } from './rehearsal/usePrograms.ts'
import { withRegistry } from './rehearsal/userConfig.ts'

const root = resolve(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-rehearsal-'))
const start = performance.now()
const tell = (text: string) =>
  console.log(`rehearsal: ${text} (${((performance.now() - start) / 1000).toFixed(0)} s)`)

const registry = await openRegistry()
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
try {
  const env = await withRegistry(folder, registry.url)
  const stranger = (name: string) => {
    mkdirSync(join(folder, name))
    return newStranger(join(folder, name), env)
  }
  await publishCopy(root, join(folder, 'copy'), registry.url, env)
  const all = registry.published()
  tell(`${all.length} packages and programs published on loopback`)

  const versions = new Set(all.map(({ manifest }) => manifest.version))
  const problems = versions.size === 1 ? [] : [`The versions differ: ${[...versions].join(', ')}.`]
  for (const { manifest, tarball } of all) {
    const file = join(folder, `${manifest.name.replace('/', '-')}.tgz`)
    writeFileSync(file, tarball)
    problems.push(...(await checkTarball(file, { cwd: folder, env })))
    tell(`${manifest.name} ${manifest.version}: ${(tarball.length / 1000).toFixed(0)} kB packed`)
  }
  if (problems.length > 0) throw new Error(problems.join('\n'))

  const examples = exampleModules(root)
  // Bun has no client of services: see docs/guide/platforms.md
  const onBun = exampleModules(root, ({ code }) => !code.includes('@finetune-kit/watch'))
  const catalog = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')
  const published = publishedLibraries(
    all.map(({ manifest }) => manifest),
    catalog,
    examples.values(),
  )
  const others = async (): Promise<void> => {
    tell(`pnpm: ${await usePnpm(stranger('pnpm'), published)}`)
    const tools = stranger('tools')
    tell(`bun: ${await useRuntime('bun', tools, stranger('bun'), published, onBun)}`)
    tell(`deno: ${await useRuntime('deno', tools, stranger('deno'), published, examples)}`)
    tell(`pages: ${await usePages(root, stranger)}`)
    tell(`npx: ${await usePrograms(stranger('npx'), env)}`)
    const demo = stranger('demo').folder
    tell(`demo: ${await useDemo(root, demo, env)}`)
    tell(`shell: ${await useGuide(root, stranger('shell'), env)}`)
  }
  // compiling takes one processor, and most of the time
  const compiling = useNpm(stranger('npm'), published, examples, shownModules(root))
  await Promise.all([compiling.then(told => tell(`npm: ${told}`)), others()])
} catch (error) {
  for (let reason = error; reason instanceof Error; reason = reason.cause)
    console.error(`rehearsal: ${reason.message}`)
  process.exitCode = 1
} finally {
  registry.close()
}
