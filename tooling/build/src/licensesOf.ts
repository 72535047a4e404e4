import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The licences of the packages from other authors that these modules belong to, as one text. */
export const licensesOf = (modules: ReadonlyArray<string>): string => {
  const folders = new Set(
    modules.flatMap(module => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(module)?.[0] ?? []),
  )
  return [...folders]
    .toSorted()
    .map(folder => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        readonly name: string
        readonly version: string
        readonly license?: string
      }
      const texts = globSync('{LICENSE,LICENCE,NOTICE}*', { cwd: folder }).map(file =>
        readFileSync(join(folder, file), 'utf8').trim(),
      )
      return [`${name} ${version}${license === undefined ? '' : ` (${license})`}`, ...texts].join('\n\n')
    })
    .join(`\n\n${'-'.repeat(80)}\n\n`)
}
