import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A packed library or program. */
export interface Tarball {
  readonly name: string
  readonly file: string
  /** The subpaths that `exports` promises, as a user would import them. */
  readonly entries: ReadonlyArray<string>
  /** The oldest major version of Node that it promises to run on. */
  readonly node: number
  /** The packages that it asks its user to have. */
  readonly peers: ReadonlyArray<string>
}

interface Manifest {
  readonly name: string
  readonly engines: { readonly node: string }
  readonly peerDependencies?: Record<string, string>
  readonly publishConfig?: { readonly exports?: Record<string, unknown> }
}

/** Packs every published library, or every program, as for publishing. Returns the tarballs. */
export const pack = (
  root: string,
  folder: string,
  packages: 'packages' | 'apps' = 'packages',
): ReadonlyArray<Tarball> =>
  globSync(`${packages}/*/package.json`, { cwd: root })
    .toSorted()
    .map(path => {
      const manifest = JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest
      const packed = execFileSync('pnpm', ['pack', '--json', '--pack-destination', folder], {
        cwd: join(root, dirname(path)),
        encoding: 'utf8',
      })
      const { filename } = JSON.parse(packed) as { filename: string }
      const entries = Object.keys(manifest.publishConfig?.exports ?? {})
        .filter(key => !key.endsWith('.json') && !key.includes('*'))
        .map(key => `${manifest.name}${key.slice(1)}`)
      return {
        name: manifest.name,
        file: filename,
        entries,
        node: Number(/\d+/.exec(manifest.engines.node)?.[0]),
        peers: Object.keys(manifest.peerDependencies ?? {}),
      }
    })
