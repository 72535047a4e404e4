import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { examplesOf } from '../examples.ts'
import { exampleModules } from './strangerSources.ts'
import type { Stranger } from './Stranger.ts'

/** The packages that a page tells to install, for all projects or this one, by npm. */
const installsIn = (text: string): ReadonlyArray<string> =>
  [...text.matchAll(/^npm install (?!--global)(?:--save-dev )?(.+)$/gm)].flatMap(([, names = '']) =>
    names.split(' '),
  )

/**
 * Every page in a project of its own, which installs what the page says and nothing else: its
 * examples run. Returns how many pages and examples there are.
 */
export const usePages = async (root: string, stranger: (name: string) => Stranger): Promise<string> => {
  const examples = examplesOf(root).filter(({ inSource }) => !inSource)
  const pages = [...new Set(examples.map(({ file }) => file))]
  for (const page of pages) {
    const { run, write } = stranger(page.replaceAll(/\W/g, '-'))
    const packages = installsIn(readFileSync(join(root, page), 'utf8'))
    try {
      await run('npm', 'install', '--prefer-offline', ...packages)
      for (const [path, text] of exampleModules(root, ({ file }) => file === page)) write(path, text)
      await run('node', 'examples.ts')
    } catch (error) {
      throw new Error(`${page}: its examples do not run with what it installs (${packages.join(' ')}).`, {
        cause: error,
      })
    }
  }
  return `${examples.length} examples of ${pages.length} pages, each with what its page installs`
}
