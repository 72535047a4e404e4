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
  const tested = (name: string) =>
    new RegExp(`^ {2}"?${name}"?: (\\d.*)$`, 'm').exec(catalog)?.[1] ?? 'latest'
  return {
    libraries: libraries.map(({ name }) => name),
    entries: libraries.flatMap(({ name, exports }) =>
      Object.keys(exports ?? {})
        .filter(path => !path.endsWith('.json') && !path.includes('*'))
        .map(path => `${name}${path.slice(1)}`),
    ),
    peers: [...peers].map(name => `${name}@${tested(name)}`),
    inExamples: [...packagesIn(examples)]
      .filter(name => !peers.has(name))
      .map(name => `${name}@${tested(name)}`),
  }
}

/** The packages of other authors that modules import. */
const packagesIn = (modules: Iterable<string>): ReadonlySet<string> => {
  const imports = /^import .* from '(?!node:|\.|@finetune-kit\/)((?:@[\w-]+\/)?[\w-]+)/gm
  return new Set([...modules].flatMap(text => [...text.matchAll(imports)].map(([, name = '']) => name)))
}
