import { escapeUnprintable } from '@finetune-kit/codec'
import { jsonLines } from './jsonLines.ts'
import { useLimit } from './useLimit.tsx'

interface Props {
  readonly value: unknown
  readonly label: string
  /** Problems by the JSON Pointer of the value that has them. */
  readonly problems?: ReadonlyMap<string, ReadonlyArray<string>>
}

/** A value as indented JSON, with its problems after the line that has them. */
export const JsonLines = ({ value, label, problems = none }: Props) => {
  const lines = jsonLines(value)
  const [limit, more] = useLimit(lines.length, 500)
  return (
    <>
      <pre className="json" tabIndex={0} role="region" aria-label={label}>
        {lines.slice(0, limit).map(({ depth, path, text }, index) => {
          const found = path === undefined ? undefined : problems.get(path)
          return (
            <span key={index} className="line" data-bad={found !== undefined}>
              {'  '.repeat(Math.min(depth, 30))}
              {escapeUnprintable(text, 4000)}
              {found === undefined
                ? '\n'
                : found.map((words, i) => <mark key={i}>{escapeUnprintable(words, 300)}</mark>)}
            </span>
          )
        })}
      </pre>
      {more}
    </>
  )
}

const none: ReadonlyMap<string, ReadonlyArray<string>> = new Map()
