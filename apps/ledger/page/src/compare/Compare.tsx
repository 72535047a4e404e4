import { escapeUnprintable } from '@finetune-kit/codec'
import { useQuery } from '@tanstack/react-query'
import { ask } from '../api/ask.ts'
import { Comparison } from '../../../src/api/compare.ts'
import { Failure, Loading } from '../Loading.tsx'
import { type CompareRoute, link, runRoute } from '../Route.ts'
import { nameOf } from '../runs/nameOf.ts'
import { useTitle } from '../useTitle.ts'

/** Several runs side by side: what differs between them. */
export const Compare = ({ runs, baseline, all }: CompareRoute) => {
  useTitle('Compare')
  const parameters = new URLSearchParams(runs.map(key => ['run', key]))
  if (baseline !== undefined) parameters.set('baseline', baseline)
  if (all === true) parameters.set('all', 'true')
  const url = `/api/compare?${parameters}`
  const answer = useQuery({
    queryKey: ['compare', url],
    queryFn: ({ signal }) => ask(Comparison, url, { signal }),
  })
  if (answer.isPending) return <Loading />
  if (answer.isError) return <Failure error={answer.error} />
  return (
    <>
      <h1>Compare</h1>
      <div className="scroll" tabIndex={0} role="region" aria-label="Comparison">
        <table>
          <thead>
            <tr>
              <th scope="col">Field</th>
              {answer.data.runs.map(({ key, summary }) => (
                <th key={key} scope="col">
                  <a href={link(runRoute(key))}>{nameOf(summary)}</a>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {answer.data.rows.map(({ field, label, cells }) => (
              <tr key={field}>
                <th scope="row">{escapeUnprintable(label, 80)}</th>
                {cells.map((cell, index) => (
                  <td
                    key={answer.data.runs[index]?.key}
                    data-title={nameOf(answer.data.runs[index]?.summary ?? {})}
                  >
                    {cell === null ? '–' : escapeUnprintable(cell, 200)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
