/** The recipe of CONTRIBUTING.md for a view: a folder, a route, and a line in `view` of App.tsx. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { temporaryFolder } from './temporaryFolder.ts'

const workspace = fileURLToPath(new URL('../../..', import.meta.url))
const copy = temporaryFolder()

const copySources = (): void => {
  const projects = [
    'apps/ledger',
    'tooling/build',
    'tooling/typescript',
    ...globSync('packages/*', { cwd: workspace }),
  ]
  for (const project of projects)
    for (const part of [
      'package.json',
      'src',
      'fp-ts',
      'page',
      'tsconfig.json',
      'base.json',
      'library.json',
      'node_modules',
    ])
      if (existsSync(join(workspace, project, part)))
        cpSync(join(workspace, project, part), join(copy, project, part), {
          recursive: true,
          verbatimSymlinks: true,
        })
  symlinkSync(join(workspace, 'node_modules'), join(copy, 'node_modules'))
}

const page = join(copy, 'apps/ledger/page/src')

/** Puts a line after the first place where a file has another. */
const edit = (file: string, after: string, added: string): void => {
  const text = readFileSync(join(page, file), 'utf8')
  expect(text, file).toContain(after)
  writeFileSync(join(page, file), text.replace(after, `${after}${added}\n`))
}

test('a view is a folder of its name, a route, and a line in view of App.tsx', () => {
  copySources()
  mkdirSync(join(page, 'hello'))
  writeFileSync(join(page, 'hello/Hello.tsx'), 'export const Hello = () => <h1>A view by the recipe</h1>\n')
  edit('Route.ts', 'export type Route =\n', "  | { readonly _tag: 'Hello' }")
  edit(
    'Route.ts',
    'export const link = (route: Route): string => {\n',
    "  if (route._tag === 'Hello') return '#/hello'",
  )
  edit(
    'Route.ts',
    "if (path === '/check') return check\n",
    "  if (path === '/hello') return { _tag: 'Hello' }",
  )
  edit('App.tsx', 'const view = (to: Route): ReactNode => {\n', "  if (to._tag === 'Hello') return <Hello />")
  edit(
    'App.tsx',
    "import { ErrorBoundary, lazyView } from './ErrorBoundary.tsx'\n",
    "import { Hello } from './hello/Hello.tsx'",
  )

  const probe = `import { link, route } from './page/src/Route.ts'
    console.log(JSON.stringify(route(link({ _tag: 'Hello' }))))`
  const ledger = join(copy, 'apps/ledger')
  writeFileSync(join(ledger, 'probe.ts'), probe)
  const linked = execFileSync(process.execPath, ['--conditions=@finetune-kit/source', 'probe.ts'], {
    cwd: ledger,
    encoding: 'utf8',
  })
  expect(JSON.parse(linked)).toEqual({ _tag: 'Hello' })

  execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', 'page'], {
    cwd: ledger,
    stdio: 'pipe',
  })
  const scripts = globSync('dist/page/assets/*.js', { cwd: ledger })
  expect(
    scripts.some(file => readFileSync(join(ledger, file), 'utf8').includes('A view by the recipe')),
  ).toBe(true)
})
