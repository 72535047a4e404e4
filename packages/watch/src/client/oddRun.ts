import { draw, escapeUnprintable } from '@finetune-kit/codec'
import type { OddRecord } from './pages.ts'
import { type ServiceError, serviceError } from './ServiceError.ts'

/** The id of a run whose record in a list is not what it should be, and the error that names it. */
export const oddRun = (
  source: string,
  { value, error }: OddRecord,
): { readonly id: string; readonly error: ServiceError } => {
  const { id: found } = (value ?? {}) as { readonly id?: unknown }
  const id = String(found)
  const [issue = ''] = draw(error).split('\n')
  const name = found === undefined ? 'a run' : `run ${escapeUnprintable(JSON.stringify(id), 200)}`
  const text = `${source}: ${name} cannot be read (${issue}). The other runs are not concerned.`
  return { id, error: serviceError('Unexpected', text) }
}
