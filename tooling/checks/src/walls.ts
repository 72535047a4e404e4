/** Rules that keep the packages apart, as the configuration of oxlint that `pnpm walls` runs. */

/** Files of one kind, the packages of ours that they may import, and the rules beyond that. */
export interface Room {
  readonly files: ReadonlyArray<string>
  /** The name of these files in messages. */
  readonly name: string
  readonly imports: ReadonlyArray<string>
  readonly mayUseEffect?: boolean
  /** Further imports that are refused: a regular expression, and the reason. */
  readonly refuses?: ReadonlyArray<Pattern>
}

type Pattern = ({ readonly regex: string } | { readonly group: ReadonlyArray<string> }) & {
  readonly message: string
}

const libraries = ['codec', 'model', 'serialization', 'diff', 'archive', 'store', 'watch', 'report']

const apps = ['cli', 'ledger']

/** Entries of build for programs, which no library needs. */
const forPrograms = [
  'build/node-version',
  'build/package-version',
  'build/path-primitive',
  'build/wrap-help',
  'build/wrong-call',
]

/** A later room overrides an earlier one. Packages may import themselves by name. */
export const rooms: ReadonlyArray<Room> = [
  { name: 'codec', files: ['packages/codec/**'], imports: ['codec'] },
  { name: 'model', files: ['packages/model/**'], imports: ['model', 'codec'] },
  { name: 'model/test', files: ['packages/model/test/**'], imports: ['model', 'codec', 'build'] },
  { name: 'serialization', files: ['packages/serialization/**'], imports: ['serialization', 'codec'] },
  {
    name: 'serialization/src/effect',
    files: ['packages/serialization/src/effect/**'],
    imports: ['serialization', 'codec'],
    mayUseEffect: true,
  },
  {
    name: 'serialization/test',
    files: ['packages/serialization/test/**'],
    imports: ['serialization', 'codec', 'model'],
  },
  {
    name: 'serialization/test/effect',
    files: ['packages/serialization/test/effect/**'],
    imports: ['serialization', 'codec', 'model'],
    mayUseEffect: true,
  },
  { name: 'diff', files: ['packages/diff/**'], imports: ['diff', 'codec'] },
  {
    name: 'diff/src/story',
    files: ['packages/diff/{src/story,test}/**'],
    imports: ['diff', 'codec', 'model'],
  },
  {
    name: 'archive',
    files: ['packages/archive/**'],
    imports: ['archive', 'codec', 'model', 'serialization'],
    mayUseEffect: true,
  },
  {
    name: 'store',
    files: ['packages/store/**'],
    imports: ['store', 'codec', 'model', 'diff'],
    mayUseEffect: true,
  },
  {
    name: 'watch',
    files: ['packages/watch/**'],
    imports: ['watch', 'codec', 'model', 'diff', 'store'],
    mayUseEffect: true,
  },
  {
    name: 'a test of store',
    files: ['packages/store/{test,torture}/**'],
    imports: ['store', 'codec', 'model', 'diff', 'checks/databases'],
    mayUseEffect: true,
  },
  {
    name: 'a test of watch',
    files: ['packages/watch/{test,torture}/**'],
    imports: ['watch', 'codec', 'model', 'diff', 'store', 'checks/databases'],
    mayUseEffect: true,
  },
  { name: 'report', files: ['packages/report/**'], imports: ['report', 'codec', 'model', 'diff'] },
  {
    name: 'an app',
    files: ['apps/*/**'],
    imports: [...libraries, ...forPrograms],
    mayUseEffect: true,
  },
  {
    name: 'a test of an app',
    files: ['apps/*/{test,torture}/**'],
    imports: [...libraries, ...forPrograms, 'checks/databases', 'checks/shell-examples'],
    mayUseEffect: true,
  },
  {
    name: 'the page',
    files: ['apps/*/page/**'],
    imports: ['codec', 'model', 'serialization', 'diff', 'report', 'archive/detect'],
    refuses: [
      { regex: '^\\.\\.?/(.*/)?server/', message: 'The page runs in a browser: it imports no server.' },
    ],
  },
]

/** Everything of ours, except for these packages and their entries, or for one entry of a package. */
const allBut = (names: ReadonlyArray<string>): ReadonlyArray<string> => [
  '@finetune-kit/**',
  ...names.flatMap(name => [`!@finetune-kit/${name}`, `!@finetune-kit/${name}/**`]),
]

const patternsOf = ({ name, imports, mayUseEffect, refuses }: Room): ReadonlyArray<Pattern> => [
  { group: allBut(imports), message: `Of our packages, ${name} imports only: ${imports.join(', ')}.` },
  {
    regex: `^(\\.\\./)+((packages|apps)/|(${[...libraries, ...apps].join('|')})/(src|page|dist)/)`,
    message: 'Import another package by its name.',
  },
  mayUseEffect === true
    ? {
        regex: '^effect$',
        message: 'Import a subpath (effect/Stream): the barrel costs a quarter of a second at every start.',
      }
    : {
        regex: '^@?effect(/|$)',
        message: 'Effect is used in serialization/src/effect, archive, store, watch and apps only.',
      },
  {
    regex: '^(io-ts|fp-ts)/',
    message: 'Import io-ts itself and #fp-ts/…: a second copy breaks instanceof in bundles.',
  },
  ...(refuses ?? []),
]

const sources = ['packages/*/src/**', 'apps/*/{src,page}/**', 'tooling/*/src/**']

export const walls = {
  plugins: ['import'],
  categories: { correctness: 'off' },
  ignorePatterns: ['packages/*/fp-ts/**', '**/dist/**', '**/fixtures/**', '**/samples/**'],
  rules: { 'import/no-cycle': ['error', { ignoreTypes: false }] },
  overrides: [
    {
      files: sources,
      rules: {
        'max-lines': ['error', { max: 250 }],
        'max-lines-per-function': ['error', { max: 90, skipComments: true }],
      },
    },
    ...rooms.map(room => ({
      files: room.files,
      rules: { 'no-restricted-imports': ['error', { patterns: patternsOf(room) }] },
    })),
  ],
}
