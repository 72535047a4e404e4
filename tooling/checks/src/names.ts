/**
 * Checks that no old name is the name of a module or of an export again.
 * `node tooling/checks/src/names.ts [FOLDER …]` prints the findings and exits 1 if there are any.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { report } from './Finding.ts'
import { filesOf, foldersOf, root } from './files.ts'
import { checkNames } from './names/checkNames.ts'

const files = filesOf(['{packages,apps}/*/{src,page}/**/*.{ts,tsx}'], foldersOf(process.argv.slice(2)))
const findings = files.flatMap(file => checkNames(file, readFileSync(join(root, file), 'utf8')))
report('names', findings, files.length)
