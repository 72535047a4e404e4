import { escapeUnprintable } from '@finetune-kit/codec'
import type { Curve } from '@finetune-kit/model'
import { quantity } from './CellValue.tsx'
import { groupsOf, type Plot, plotOf } from './chart/Plot.ts'

/** The curves of a run: a chart for each kind of metric, and a table of its last and best values. */
export const Curves = ({ curves }: { readonly curves: ReadonlyArray<Curve> }) => (
  <div className="charts">
    {[...groupsOf(curves)].slice(0, 12).map(([name, group]) => (
      <Chart key={name} name={name} curves={group.slice(0, 12)} />
    ))}
  </div>
)

const size = { width: 560, height: 260 }

const Chart = ({ name, curves }: { readonly name: string; readonly curves: ReadonlyArray<Curve> }) => {
  const title = words(name)
  return (
    <figure className="chart">
      <figcaption>{title.charAt(0).toUpperCase() + title.slice(1)} by step</figcaption>
      <svg viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={description(title, curves)}>
        <Drawing plot={plotOf(curves, size)} />
      </svg>
      <table className="metrics">
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col" className="number">
              Last
            </th>
            <th scope="col" className="number">
              Best
            </th>
            <th scope="col" className="number">
              At step
            </th>
          </tr>
        </thead>
        <tbody>
          {curves.map(({ metric, last, best }, index) => (
            <tr key={metric}>
              <th scope="row">
                <span className={`swatch series-${index % 6}`} aria-hidden="true" />
                {words(metric)}
              </th>
              <td className="number" data-title="Last">
                {quantity(last.value, undefined)}
              </td>
              <td className="number" data-title="Best">
                {best === null ? '–' : quantity(best.value, undefined)}
              </td>
              <td className="number" data-title="At step">
                {best === null ? '–' : quantity(best.step, undefined)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}

const words = (metric: string): string => escapeUnprintable(metric, 60).replaceAll('_', ' ')

const description = (title: string, curves: ReadonlyArray<Curve>): string =>
  `Line chart of ${title} by step. ${curves
    .map(({ metric, points, last }) => {
      const first = points[0] ?? last
      return `${words(metric)}: ${quantity(first.value, undefined)} at step ${first.step}, ${quantity(last.value, undefined)} at step ${last.step}.`
    })
    .join(' ')}`

const Drawing = ({ plot: { frame, lines, xTicks, yTicks } }: { readonly plot: Plot }) => (
  <>
    {yTicks.map(({ at, label }) => (
      <g key={at} className="tick">
        <line x1={frame.left} x2={frame.right} y1={at} y2={at} />
        <text x={frame.left - 8} y={at + 4} textAnchor="end">
          {label}
        </text>
      </g>
    ))}
    {xTicks.map(({ at, label }) => (
      <text key={at} className="label" x={at} y={frame.bottom + 20} textAnchor="middle">
        {label}
      </text>
    ))}
    {lines.map(({ metric, path, dots, best }, index) => (
      <g key={metric} className={`line series-${index % 6}`}>
        <path d={path} />
        {dots.map(({ x, y }) => (
          <circle key={x} cx={x} cy={y} r={2.2} />
        ))}
        {best !== null && <circle className="best" cx={best.x} cy={best.y} r={5} />}
      </g>
    ))}
  </>
)
