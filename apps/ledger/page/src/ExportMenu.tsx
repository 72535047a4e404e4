import { Menu } from './Menu.tsx'

/** The formats of exports, by the names that the API knows. */
export const exportFormats = ['NDJSON', 'JSON', 'CSV', 'YAML', 'Parquet', 'Avro', 'MessagePack'] as const

interface Props {
  /** The parameters that say which runs. */
  readonly parameters: string
  readonly isAtEnd?: boolean
}

/** Saves runs in any format, or everything that is known of them. */
export const ExportMenu = ({ parameters, isAtEnd = false }: Props) => (
  <Menu title="Export" isAtEnd={isAtEnd}>
    <p>The last record{isOfOne(parameters) ? '' : ' of each run'} as</p>
    <ul className="choices">
      {exportFormats.map(format => (
        <li key={format}>
          <a href={exportLink(parameters, format, 'records')} download>
            {format}
          </a>
        </li>
      ))}
    </ul>
    <p>
      <a href={exportLink(parameters, 'NDJSON', 'observations')} download>
        Everything, for finetune import
      </a>
    </p>
  </Menu>
)

const isOfOne = (parameters: string): boolean => new URLSearchParams(parameters).getAll('run').length === 1

const exportLink = (parameters: string, format: string, what: string): string =>
  `api/export?${[parameters, new URLSearchParams({ format, what })].filter(part => String(part) !== '').join('&')}`

/** The parameters of some runs. */
export const runParameters = (keys: ReadonlyArray<string>): string =>
  new URLSearchParams(keys.map(key => ['run', key])).toString()
