import { basename, matchesGlob } from 'node:path'
import { parseSync } from 'rolldown/utils'
import type { Finding } from '../Finding.ts'
import type { OldNames } from './OldNames.ts'
import { allOldNames } from './allOldNames.ts'

/** Old names that a module has again, as its file or as an export. */
export const checkNames = (file: string, text: string): ReadonlyArray<Finding> => {
  const rows = allOldNames.filter(row => matchesGlob(file, row.in))
  const [name = ''] = basename(file).split('.')
  return [
    ...findings(rows, 'files', file, 1, name),
    ...exportsIn(file, text).flatMap(each => findings(rows, 'exports', file, each.line, each.name)),
  ]
}

const findings = (
  rows: ReadonlyArray<OldNames>,
  kind: 'files' | 'exports',
  file: string,
  line: number,
  name: string,
): ReadonlyArray<Finding> =>
  rows
    .flatMap(row => [row[kind], row.both])
    .filter(names => names !== undefined && Object.hasOwn(names, name))
    .map(names => ({
      file,
      line,
      problem: `${kind === 'files' ? 'the file name' : 'the export'} "${name}" is an old name`,
      remedy: `Its name now: ${names?.[name]}`,
    }))

interface Export {
  readonly name: string
  readonly line: number
}

const exportsIn = (file: string, text: string): ReadonlyArray<Export> => {
  const names = new Map<string, number>()
  for (const { entries } of parseSync(file, text).module.staticExports)
    for (const { exportName, start } of entries)
      if (exportName.kind === 'Name' && exportName.name !== null && !names.has(exportName.name))
        names.set(exportName.name, text.slice(0, exportName.start ?? start).split('\n').length)
  return [...names].map(([name, line]) => ({ name, line }))
}
