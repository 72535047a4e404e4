import { join } from 'node:path'
import type { Environment } from './command.ts'
import { serve } from './serve.ts'
import type { Stranger } from './Stranger.ts'

const job = {
  object: 'fine_tuning.job',
  id: 'ftjob-1',
  created_at: 1732000000,
  model: 'gpt-4o-mini',
  status: 'running',
}

/** Both programs through npx in an empty folder, as the README shows them. */
export const usePrograms = async ({ folder, run, write }: Stranger, env: Environment): Promise<string> => {
  write('jobs.ndjson', `${JSON.stringify(job)}\n`)
  const told = await run('npx', '--yes', '@finetune-kit/cli', 'validate', '--format', 'json', 'jobs.ndjson')
  if (!told.includes('"kinds":{"job":1},"invalid":0'))
    throw new Error(`npx @finetune-kit/cli: it printed "${told}".`)
  await serve('npx', ['--yes', '@finetune-kit/ledger', '--port', '0'], {
    cwd: folder,
    env: { ...env, XDG_DATA_HOME: join(folder, '.data') },
  })
  return '@finetune-kit/cli validate finds a job; @finetune-kit/ledger serves its page'
}
