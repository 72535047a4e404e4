import { existsSync, readFileSync } from 'node:fs'

/**
 * Returns the version in the nearest package.json above a module. `findPackageJSON` of Node finds
 * it too, but Bun has no such function, and an import that is missing ends a program at its start.
 */
export const packageVersion = (moduleUrl: string): string => {
  for (let folder = new URL('.', moduleUrl); ; folder = new URL('..', folder)) {
    const file = new URL('package.json', folder)
    if (existsSync(file)) {
      const { version = '0.0.0' } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version?: string }
      return version
    }
    if (folder.pathname === '/') throw new Error(`${moduleUrl}: no package.json above this module`)
  }
}
