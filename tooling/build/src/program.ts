/**
 * Makes a program of the modules that `tsc` wrote, with all that they import: the package that it is run in says in `bin` which
 * files are to be made, each of the module of its name in `dist`. What several share, or load later, are files beside them.
 * They are run by the command that is given, with its variables and flags.
 */
import { chmodSync, readFileSync, rmSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { rolldown } from 'rolldown'

const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly bin: Readonly<Record<string, string>>
}
const [command, ...workers] = process.argv.slice(2)
const programs = Object.values(bin)
const [first] = programs
if (first === undefined || command === undefined)
  throw new Error('program.ts COMMAND [WORKER…], where there is a bin')
const dir = dirname(first)

/** In one byte a character: with a single one beyond Latin-1 V8 keeps all of a text in two bytes. */
const narrow = (code: string): string =>
  code.replace(/[^\0-\xff]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

const bundle = await rolldown({
  plugins: [
    {
      name: 'narrow',
      generateBundle: (_, output) => {
        for (const chunk of Object.values(output)) if (chunk.type === 'chunk') chunk.code = narrow(chunk.code)
      },
    },
  ],
  input: [...programs.map(file => `dist/${basename(file)}`), ...workers],
  platform: 'node',
})
rmSync(dir, { recursive: true, force: true })
await bundle.write({
  dir,
  // Node keeps the text of what it loads, for as long as it runs; names stay, for what is thrown
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  banner: ({ isEntry, fileName }) =>
    isEntry && programs.some(file => basename(file) === fileName) ? `#!/usr/bin/env -S ${command}` : '',
})
for (const file of programs) chmodSync(file, 0o755)
