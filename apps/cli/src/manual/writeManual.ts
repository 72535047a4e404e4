/**
 * Writes the manual page of `finetune`, and the help that the program prints. Part of the build,
 * after the program: `writeManual.js MANUAL HELP`.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as Effect from 'effect/Effect'
import { helpDocs } from './helpDocs.ts'
import { helpTexts } from './helpTexts.ts'
import { manualPage } from './manualPage.ts'

// the help is drawn with and without colours, whatever the terminal of the build wants
for (const name of ['FORCE_COLOR', 'NO_COLOR']) delete process.env[name]

const write = (file: string, text: string): void => {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

const [manual = 'dist/man/finetune.1', help = 'dist/program/help.json'] = process.argv.slice(2)
write(manual, manualPage(await Effect.runPromise(helpDocs)))
write(help, JSON.stringify(await Effect.runPromise(helpTexts)))
