/**
 * Writes the descriptions of the codecs that a package exports into the declarations that `tsc`
 * emitted for it, so that editors show them. A description is written once, in the codec. Runs in
 * the folder of the package, after `tsc -b`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describeDeclaration } from './describeDeclaration.ts'
import { type CodecPackage, describedCodecs } from './describedCodecs.ts'

const load = (file: string): Promise<unknown> => import(pathToFileURL(file).href)

const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly exports: Readonly<
    Record<string, { readonly node?: string; readonly default: string } | string | null>
  >
}
const entries = Object.values(exports).flatMap(entry =>
  typeof entry === 'object' && entry?.node !== undefined ? [entry.default] : [],
)
const codecPackage = (await load(
  createRequire(join(process.cwd(), 'package.json')).resolve('@finetune-kit/codec'),
)) as CodecPackage
const modules = await Promise.all(entries.map(load))
const codecs = Object.assign({}, ...modules) as object
const describe = describeDeclaration(describedCodecs(codecPackage)(codecs))

for (const name of readdirSync('dist', { recursive: true, encoding: 'utf8' })) {
  if (!name.endsWith('.d.ts') || name.startsWith('.test')) continue
  const file = join('dist', name)
  const text = readFileSync(file, 'utf8')
  // the compiler leaves the extension of inferred imports, which older compilers do not resolve
  const described = describe(text).replace(/import\("(\.[^"]*)\.ts"\)/g, 'import("$1.js")')
  if (described !== text) writeFileSync(file, described)
}
