import { simulateJobs } from '@finetune-kit/model/testing'

/** The result file of a job, seen like its other records. */
export const results = {
  object: 'finetune-kit.observation' as const,
  seen_at: 1_800_000_000,
  source: 'test',
  run_id: simulateJobs()[2]?.id ?? '',
  record: {
    object: 'finetune-kit.result-file',
    name: 'step_metrics.csv',
    content: simulateJobs()[2]?.results ?? '',
  },
}

/** A watch of another store. */
export const watch = {
  ...results,
  run_id: null,
  record: {
    object: 'finetune-kit.watch',
    base_url: 'https://api.example/v1',
    dialect: 'openai',
    api_version: null,
    key_name: 'EXAMPLE_KEY',
    run_id: null,
    state: 'active',
  },
}
