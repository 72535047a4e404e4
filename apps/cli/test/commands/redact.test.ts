/** Keys and organizations in what `validate` prints and `convert` writes, hidden by `--redact`. */
import { expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'

const { finetune, written, content } = folderOfTests()

const key = 'sk-Tomato12345678901234'
const good = {
  object: 'fine_tuning.job',
  id: 'ftjob-1',
  created_at: 1,
  model: 'gpt-4o-mini',
  status: 'failed',
  organization_id: 'org-harbour',
}
const bad = { ...good, id: 'ftjob-2', created_at: key }
const refused = { error: { message: `Incorrect API key provided: ${key}.` } }
const jobs = () => written('jobs.ndjson', `${[good, bad, refused].map(r => JSON.stringify(r)).join('\n')}\n`)

test('validate hides keys in every form of its issues, and in the records that pass', async () => {
  jobs()
  for (const style of [['--format', 'text'], ['--format', 'github'], ['--format', 'json'], ['--pass']]) {
    const { code, stdout, stderr } = await finetune(['validate', 'jobs.ndjson', '--redact', ...style])
    const all = stdout + stderr
    expect([code, all.match(/sk-…/g)?.length]).toEqual([1, 2])
    expect(all).not.toContain('Tomato')
    expect(all.includes('org-harbour')).toBe(false)
  }
  expect((await finetune(['validate', 'jobs.ndjson', '--pass', '--redact'])).stdout).toContain('"org-…"')
  expect((await finetune(['validate', 'jobs.ndjson'])).stdout).toContain(key)
})

test('convert hides keys in records, bad records and complaints', async () => {
  jobs()
  for (const threads of ['1', '2']) {
    const to = ['convert', 'jobs.ndjson', `out${threads}.ndjson`, '--threads', threads, '--redact']
    const skipped = await finetune([...to, '--bad', 'skip'])
    expect(skipped.stderr).toContain('found "sk-…"')
    const stopped = await finetune(to)
    const kept = await finetune([...to, '--bad', `quarantine=bad${threads}.ndjson`])
    const letters = content(`bad${threads}.ndjson`)
    expect(letters.match(/sk-…/g)?.length).toBe(4)
    const all = skipped.stderr + stopped.stderr + kept.stderr + letters + content(`out${threads}.ndjson`)
    expect(all).not.toMatch(/Tomato|org-harbour/)
    expect(content(`out${threads}.ndjson`)).toContain('"organization_id":"org-…"')
  }
})
