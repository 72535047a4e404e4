import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
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
const configOf = ({ package: folder, name, types }: Entry, reportTempFolder: string) =>
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
        reportTempFolder,
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
export const apiReports = (root: string, isWriting: boolean): ReadonlyArray<string> => {
  const temporary = mkdtempSync(join(tmpdir(), 'finetune-kit-api-'))
  try {
    return globSync('packages/*/package.json', { cwd: root })
      .toSorted()
      .flatMap(path => entriesOf(root, path))
      .map(entry => configOf(entry, temporary))
      .filter(config => isChanged(config, isWriting))
      .map(config => config.reportFilePath)
  } finally {
    rmSync(temporary, { recursive: true })
  }
}

const isChanged = (config: ExtractorConfig, isWriting: boolean): boolean => {
  mkdirSync(config.reportFolder, { recursive: true })
  const { apiReportChanged } = Extractor.invoke(config, {
    localBuild: isWriting,
    showVerboseMessages: false,
    messageCallback: message => {
      message.handled = true
    },
  })
  return apiReportChanged
}
