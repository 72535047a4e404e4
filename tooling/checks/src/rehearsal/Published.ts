import { testedVersion } from '../testedVersion.ts'
import type { Manifest } from './LoopbackRegistry.ts'

/** The published libraries, as the registry has them. */
export interface Published {
  readonly libraries: ReadonlyArray<string>
  /** Every entry that people import. */
  readonly entries: ReadonlyArray<string>
  /** The peers that the libraries ask for, with the versions that this workspace tests. */
  readonly peers: ReadonlyArray<string>
  /** Packages of other authors that the examples of the guide import. */
  readonly inExamples: ReadonlyArray<string>
}

/** Reads the libraries from their manifests; `catalog` is the text of pnpm-workspace.yaml. */
export const publishedLibraries = (
  manifests: ReadonlyArray<Manifest>,
  catalog: string,
  examples: Iterable<string>,
): Published => {
  const libraries = manifests.filter(({ bin }) => bin === undefined)
  const peers = new Set(libraries.flatMap(({ peerDependencies }) => Object.keys(peerDependencies ?? {})))
  const tested = (name: string) => `${name}@${testedVersion(catalog, name)}`
  return {
    libraries: libraries.map(({ name }) => name),
    entries: libraries.flatMap(({ name, exports }) =>
      Object.keys(exports ?? {})
        .filter(path => !path.endsWith('.json') && !path.includes('*'))
        .map(path => `${name}${path.slice(1)}`),
    ),
    peers: [...peers].map(tested),
    inExamples: [...packagesIn(examples)].filter(name => !peers.has(name)).map(tested),
  }
}

/** The packages of other authors that modules import. */
const packagesIn = (modules: Iterable<string>): ReadonlySet<string> => {
  const imports = /^import .* from '(?!node:|\.|@finetune-kit\/)((?:@[\w-]+\/)?[\w-]+)/gm
  return new Set([...modules].flatMap(text => [...text.matchAll(imports)].map(([, name = '']) => name)))
}
