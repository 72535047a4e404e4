import type { Progress } from '@finetune-kit/model'
import { Moment, quantity, State } from './CellValue.tsx'
import { stagesOf } from '@finetune-kit/report'

const [width, height] = [1000, 14]

/** The stages of a run: to scale, and as a list with times and lengths. */
export const Life = ({ now }: { readonly now: Progress }) => {
  const stages = stagesOf(now)
  const [begin, end] = [stages[0]?.from ?? 0, stages.at(-1)?.from ?? 0]
  const scale = (at: number): number => ((at - begin) / Math.max(1, end - begin)) * width
  return (
    <div className="life">
      {end > begin && (
        <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
          {stages.map(({ name, from, to }) =>
            to === null ? null : (
              <rect
                key={name}
                data-state={name}
                x={scale(from)}
                y={0}
                width={Math.max(2, scale(to) - scale(from))}
                height={height}
              />
            ),
          )}
        </svg>
      )}
      <ol>
        {stages.map(({ name, from, to }) => (
          <li key={name}>
            <State word={name} />
            <Moment seconds={from} />
            {to !== null && to > from && <span className="none">for {quantity(to - from, 'seconds')}</span>}
          </li>
        ))}
      </ol>
    </div>
  )
}
