/** Writes the manual page of `finetune` to the file that is passed. Part of the build. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as Effect from 'effect/Effect'
import { helpDocs } from './helpDocs.ts'
import { manualPage } from './manualPage.ts'

const [file = 'dist/man/finetune.1'] = process.argv.slice(2)
mkdirSync(dirname(file), { recursive: true })
writeFileSync(file, manualPage(await Effect.runPromise(helpDocs)))
