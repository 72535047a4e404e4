/**
 * Bundles a program with all that it imports from the modules that `tsc` wrote. Run in its package:
 * each `bin` of the package.json is bundled from the module of its name in `dist`, and each worker
 * that is passed is an entry of its own.
 */
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { rolldown } from 'rolldown'
import { licensesOf } from './licensesOf.ts'

const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly bin: Readonly<Record<string, string>>
}
const workers = process.argv.slice(2)
const programs = Object.values(bin)
const [first] = programs
if (first === undefined) throw new Error('program.ts [WORKER…]: the package.json needs a bin')
const dir = dirname(first)

/**
 * One byte a character: V8 keeps a text with a single character beyond Latin-1 in two bytes each.
 */
const latin1 = (code: string): string =>
  code.replace(/[^\0-\xff]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

/**
 * ES modules of packages whose Node entry is CommonJS: from that, each use of an import in a bundle
 * calls a bound getter, which V8 cannot inline: a fifth of the CPU time of validating NDJSON.
 */
const esModules = { 'io-ts$': 'io-ts/es6/index.js', '#fp-ts/Either': 'fp-ts/es6/Either.js' }

/**
 * Has effect make its segmenter of texts when help asks for it: made as it is loaded, it takes 13
 * ms of each start (`effect/cli/CliOutput`).
 */
const lazySegmenter = {
  name: 'lazy-segmenter',
  transform: (code: string, id: string): string | undefined => {
    if (!/[/\\]effect[/\\]dist[/\\]cli[/\\]CliOutput\.js$/.test(id)) return undefined
    const lazy = code.replace(
      /const graphemeSegmenter = \S*?(new Intl\.Segmenter\([^)]*\));/,
      'let segmenter;\nconst graphemeSegmenter = { segment: text => (segmenter ??= $1).segment(text) };',
    )
    if (lazy === code) throw new Error(`${id}: effect makes its segmenter in another way. Change program.ts.`)
    return lazy
  },
}

const bundle = await rolldown({
  plugins: [
    lazySegmenter,
    {
      name: 'latin1',
      generateBundle: (_, output) => {
        for (const chunk of Object.values(output)) if (chunk.type === 'chunk') chunk.code = latin1(chunk.code)
      },
    },
  ],
  resolve: { alias: esModules },
  input: [...programs.map(file => `dist/${basename(file)}`), ...workers],
  platform: 'node',
})
rmSync(dir, { recursive: true, force: true })
const { output } = await bundle.write({
  dir,
  // Node keeps the text of what it loads as long as it runs; names stay for stack traces
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  banner: ({ isEntry, fileName }) =>
    isEntry && programs.some(file => basename(file) === fileName) ? '#!/usr/bin/env node' : '',
})
for (const file of programs) chmodSync(file, 0o755)
const modules = output.flatMap(chunk => (chunk.type === 'chunk' ? chunk.moduleIds : []))
const commonJs = modules.filter(id => /[/\\](?:io|fp)-ts[/\\]lib[/\\]/.test(id))
if (commonJs.length > 0) throw new Error(`bundled from CommonJS: ${commonJs.join(', ')}`)
writeFileSync(join(dir, 'LICENSES.txt'), licensesOf(modules))
