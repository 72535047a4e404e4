import { globSync, mkdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor'

interface Manifest {
  readonly publishConfig?: {
    readonly exports?: Readonly<Record<string, { readonly types?: string } | string>>
  }
}

interface Entry {
  readonly package: string
  /** The name of the report: `index` for the package itself. */
  readonly name: string
  readonly types: string
}

const entriesOf = (root: string, path: string): ReadonlyArray<Entry> => {
  const { publishConfig } = JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest
  return Object.entries(publishConfig?.exports ?? {}).flatMap(([subpath, target]) =>
    typeof target === 'string' || target.types === undefined
      ? []
      : [
          {
            package: join(root, dirname(path)),
            name: subpath.slice(2).replaceAll('/', '-') || 'index',
            types: target.types,
          },
        ],
  )
}

const silent = { default: { logLevel: 'none' as const } }

/** Only the report is wanted: no bundled declarations, documentation model or metadata. */
const configOf = ({ package: folder, name, types }: Entry) =>
  ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      newlineKind: 'lf',
      mainEntryPointFilePath: join(folder, types),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            module: 'NodeNext',
            moduleResolution: 'NodeNext',
            target: 'ES2023',
            lib: ['ES2023', 'DOM', 'DOM.Iterable', 'ESNext.Disposable'],
            strict: true,
            skipLibCheck: true,
            types: [],
          },
          files: [join(folder, types)],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: join(folder, 'etc'),
        reportTempFolder: join(tmpdir(), 'finetune-kit-api', basename(folder)),
        includeForgottenExports: false,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: silent,
        extractorMessageReporting: silent,
        tsdocMessageReporting: silent,
      },
    } as never,
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, 'package.json'),
  })

/** Compares, or writes, the report of every entry of every package. Returns those that changed. */
export const apiReports = (root: string, isWriting: boolean): ReadonlyArray<string> =>
  globSync('packages/*/package.json', { cwd: root })
    .toSorted()
    .flatMap(path => entriesOf(root, path))
    .flatMap(entry => {
      mkdirSync(join(entry.package, 'etc'), { recursive: true })
      const config = configOf(entry)
      const { apiReportChanged } = Extractor.invoke(config, {
        localBuild: isWriting,
        showVerboseMessages: false,
        messageCallback: message => {
          message.handled = true
        },
      })
      return apiReportChanged ? [config.reportFilePath] : []
    })
