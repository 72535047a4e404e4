import { draw, escapeUnprintable } from '@finetune-kit/codec'
import type { OddRecord } from './pages.ts'
import { type ServiceError, serviceError } from './ServiceError.ts'

/** The id of a run whose record in a list is not what it should be, and the error that names it. */
export const oddRun = (
  source: string,
  { value, error }: OddRecord,
): { readonly id: string; readonly error: ServiceError } => {
  const id = String((value as { readonly id?: unknown } | null)?.id)
  const [issue = ''] = draw(error).split('\n')
  const name = escapeUnprintable(JSON.stringify(id), 200)
  const text = `${source}: run ${name} cannot be read (${issue}). The other runs are not concerned.`
  return { id, error: serviceError('Unexpected', text) }
}
