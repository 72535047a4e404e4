import type { Conversion } from '../Conversion.ts'
import type { FineTuneSnapshot } from '../FineTuneSnapshot.ts'
import type { AzureFineTune } from './AzureFineTune.ts'

/**
 * Converts Azure's record to the one that OpenAI's service would have sent, and lists what had to
 * be changed. Nothing is lost: keys that only Azure writes stay, as unknown keys do. A `deleted`
 * run stays so, a status that OpenAI's service never wrote.
 */
export const fromAzure = (run: AzureFineTune): Conversion<FineTuneSnapshot> => {
  const { events, ...rest } = run
  const status =
    run.status === 'notRunning' ? 'pending' : run.status === 'canceled' ? 'cancelled' : run.status
  const value: FineTuneSnapshot = {
    ...rest,
    organization_id: run.organization_id ?? '',
    fine_tuned_model: run.fine_tuned_model ?? null,
    status,
    validation_files: run.validation_files ?? [],
    result_files: run.result_files ?? [],
    ...(events ? { events } : {}),
  }
  const changed = (Object.keys({ ...run, ...value }) as ReadonlyArray<keyof AzureFineTune>)
    .filter(key => value[key] !== run[key])
    .map(key => ({ path: [key], reason: `was ${JSON.stringify(run[key]) ?? 'absent'}` }))
  return { value, lost: [], changed }
}
