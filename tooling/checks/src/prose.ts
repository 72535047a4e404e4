/**
 * Checks the prose of Markdown files and of comments in TypeScript.
 * `node tooling/checks/src/prose.ts [FOLDER …]` prints the findings and exits 1 if there are any.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { report } from './Finding.ts'
import { filesOf, foldersOf, root } from './files.ts'
import { checkProse } from './prose/checkProse.ts'
import { commentBlocks } from './prose/commentBlocks.ts'
import { exceptions } from './prose/exceptions.ts'
import { markdownBlocks } from './prose/markdownBlocks.ts'

const globs = ['*.{md,ts}', '.changeset/*.md', 'docs/**/*.md', '{packages,apps,tooling}/**/*.{md,ts,tsx}']

const files = filesOf(globs, foldersOf(process.argv.slice(2)))
const findings = files.flatMap(file => {
  const text = readFileSync(join(root, file), 'utf8')
  const blocks = file.endsWith('.md') ? markdownBlocks(text) : commentBlocks(file, text)
  return checkProse(file, blocks, exceptions)
})
report('prose', findings, files.length)
