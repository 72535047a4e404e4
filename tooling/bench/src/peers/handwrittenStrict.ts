import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const text = readFileSync(new URL('handwritten.ts', import.meta.url), 'utf8')

// undefined that is there is not the same as absent: the key is looked up
const strict = text.replace(/u\[('\w+')\] === undefined/g, `(u[$1] === undefined && !($1 in u))`)

const folder = mkdtempSync(join(tmpdir(), 'finetune-bench-'))
const file = join(folder, 'handwritten.ts')
writeFileSync(file, strict)
const module = (await import(pathToFileURL(file).href)) as typeof import('./handwritten.ts')
rmSync(folder, { recursive: true })

/**
 * The handwritten checks, which also refuse an optional field that holds undefined: the floor of
 * what finetune-kit does, whose records leave out such a field.
 */
export const { handwritten: handwrittenStrict } = module
