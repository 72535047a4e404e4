import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Environment } from './command.ts'
import type { Stranger } from './Stranger.ts'

const job = {
  object: 'fine_tuning.job',
  id: 'ftjob-1',
  created_at: 1732000000,
  model: 'gpt-4o-mini',
  status: 'running',
}

/** Starts the ledger through npx until it serves its page, then ends its process group. */
const startLedger = async (folder: string, env: Environment): Promise<void> => {
  const npx = spawn('npx', ['--yes', '@finetune-kit/ledger', '--port', '0'], {
    cwd: folder,
    env,
    detached: true,
  })
  let printed = ''
  for (const output of [npx.stdout, npx.stderr]) output.on('data', chunk => (printed += chunk))
  const ended = once(npx, 'close')
  try {
    const failed = ended.then(() =>
      Promise.reject(new Error(`npx @finetune-kit/ledger: it ended.\n${printed}`)),
    )
    const address = await Promise.race([failed, addressIn(npx.stdout)])
    const page = await (await fetch(address)).text()
    if (!page.includes('<script')) throw new Error(`npx @finetune-kit/ledger: no page.\n${page}`)
  } finally {
    if (npx.pid !== undefined && npx.exitCode === null) process.kill(-npx.pid, 'SIGTERM')
    await ended
  }
}

const addressIn = async (output: NodeJS.ReadableStream): Promise<string> => {
  let text = ''
  for await (const chunk of output) {
    text += String(chunk)
    const [address] = /http:\S+\d/.exec(text) ?? []
    if (address !== undefined) return address
  }
  return new Promise(() => undefined)
}

/** Both programs through npx in an empty folder, as the README shows them. */
export const usePrograms = async ({ folder, run, write }: Stranger, env: Environment): Promise<string> => {
  write('jobs.ndjson', `${JSON.stringify(job)}\n`)
  const told = await run('npx', '--yes', '@finetune-kit/cli', 'validate', '--format', 'json', 'jobs.ndjson')
  if (!told.includes('"kinds":{"job":1},"invalid":0'))
    throw new Error(`npx @finetune-kit/cli: it printed "${told}".`)
  await startLedger(folder, env)
  return '@finetune-kit/cli validate finds a job; @finetune-kit/ledger serves its page'
}
