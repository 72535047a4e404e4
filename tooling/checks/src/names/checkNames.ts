import { basename, matchesGlob } from 'node:path'
import { parseSync } from 'rolldown/utils'
import type { Finding } from '../Finding.ts'
import { allOldNames } from './allOldNames.ts'

/** A name that a module has, and its line. */
interface Name {
  readonly kind: 'files' | 'exports'
  readonly name: string
  readonly line: number
}

/** Old names that a module has again, as its file or as an export. */
export const checkNames = (file: string, text: string): ReadonlyArray<Finding> => {
  const rows = allOldNames.filter(row => matchesGlob(file, row.in))
  const [fileName = ''] = basename(file).split('.')
  const names: ReadonlyArray<Name> = [{ kind: 'files', name: fileName, line: 1 }, ...exportsIn(file, text)]
  return names.flatMap(({ kind, name, line }) =>
    rows
      .flatMap(row => [row[kind], row.both])
      .filter(old => old !== undefined && Object.hasOwn(old, name))
      .map(old => ({
        file,
        line,
        problem: `${kind === 'files' ? 'the file name' : 'the export'} "${name}" is an old name`,
        remedy: `Its name now: ${old?.[name]}`,
      })),
  )
}

const exportsIn = (file: string, text: string): ReadonlyArray<Name> => {
  const names = new Map<string, number>()
  for (const { entries } of parseSync(file, text).module.staticExports)
    for (const { exportName, start } of entries)
      if (exportName.kind === 'Name' && exportName.name !== null && !names.has(exportName.name))
        names.set(exportName.name, text.slice(0, exportName.start ?? start).split('\n').length)
  return [...names].map(([name, line]) => ({ kind: 'exports', name, line }))
}
