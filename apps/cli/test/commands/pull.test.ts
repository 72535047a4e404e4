import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { simulateJobs } from '@finetune-kit/model/testing'
import { describe, expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'
import { startsAt, withService } from './withService.ts'

const { finetune, content, written } = folderOfTests()

const end = () => startsAt + 1e6

describe('finetune pull', () => {
  test('pull writes all runs into a file, and adds only what is new', async () => {
    let now = startsAt + 2000
    const options = { jobs: 8, fineTunes: 3, clock: () => now }
    await withService(options, async ({ lives }, flags) => {
      const first = await finetune(['pull', 'runs.ndjson', ...flags])
      expect(first).toMatchObject({ code: 0, stderr: '' })
      expect(first.stdout).toMatch(/^11 runs, 11 with news: \d+ new observations\n$/)
      const before = content('runs.ndjson')
      expect((await finetune(['pull', 'runs.ndjson', ...flags])).stdout).toBe(
        '11 runs, 0 with news: 0 new observations\n',
      )
      expect(content('runs.ndjson')).toBe(before)
      const counts = await finetune(['pull', 'runs.ndjson', '--format', 'json', ...flags])
      expect(JSON.parse(counts.stdout)).toEqual({ runs: 11, changed: 0, observations: 0, failed: 0 })
      now = end()
      await finetune(['pull', 'runs.ndjson', ...flags])
      expect(content('runs.ndjson').startsWith(before)).toBe(true)
      const observations = content('runs.ndjson')
        .trimEnd()
        .split('\n')
        .map(
          line =>
            JSON.parse(line) as { readonly run_id: string; readonly record: { readonly object: string } },
        )
      for (const life of lives.filter(({ family }) => family === 'job')) {
        const events = observations.filter(
          ({ run_id: id, record }) => id === life.id && record.object === 'fine_tuning.job.event',
        )
        expect(events.map(({ record }) => record)).toEqual(life.events)
      }
      const results = observations.filter(({ record }) => record.object === 'finetune-kit.result-file')
      expect(results.length).toBe(lives.flatMap(({ files }) => files).length)
      const log = await finetune(['log', 'runs.ndjson', lives[0]?.id ?? ''])
      expect(log).toMatchObject({ code: 0, stderr: '' })
      expect(log.stdout).toContain('succeeded')
    })
  })

  test('pull writes nothing but observations to standard output', () =>
    withService({ jobs: 2, clock: end }, async (_, flags) => {
      const { code, stdout, stderr } = await finetune(['pull', '-', ...flags])
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: expect.stringMatching(/^2 runs, 2 with news: \d+ new observations\n$/),
      })
      const objects = stdout
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line).object)
      expect(new Set(objects)).toEqual(new Set(['finetune-kit.observation']))
    }))

  test('pull writes compressed files, and continues them', () =>
    withService({ jobs: 4, clock: end }, async (_, flags) => {
      await finetune(['pull', 'runs.ndjson.gz', ...flags])
      const again = await finetune(['pull', 'runs.ndjson.gz', ...flags])
      expect(again).toEqual({ code: 0, stderr: '', stdout: '4 runs, 0 with news: 0 new observations\n' })
      expect(readFileSync('runs.ndjson.gz').subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]))
      expect((await finetune(['validate', 'runs.ndjson.gz'])).code).toBe(0)
    }))

  test.each([
    ['whose last line has no end', (line: string) => line],
    ['that is compressed, whatever its name', (line: string) => gzipSync(`${line}\n`)],
  ])('pull continues a file %s', (_, fileOf) =>
    withService({ jobs: 2, clock: end }, async (_service, flags) => {
      await finetune(['pull', 'whole.ndjson', ...flags])
      const lines = content('whole.ndjson').trimEnd().split('\n')
      written('begun.ndjson', fileOf(lines[0] ?? ''))
      await finetune(['pull', 'begun.ndjson', ...flags])
      const observed = content('begun.ndjson').trimEnd().split('\n')
      expect(observed[0]).toBe(lines[0])
      expect(observed.length).toBeGreaterThan(1)
      for (const line of observed) expect(JSON.parse(line)).toHaveProperty('record')
    }),
  )

  test.each(['list.json', 'table'])('pull changes no file that it cannot continue: %s', name =>
    withService({ jobs: 2, clock: end }, async (_, flags) => {
      written('list.json', `[${JSON.stringify(simulateJobs()[0]?.snapshots[0])}]`)
      if (name !== 'list.json') await finetune(['convert', 'list.json', name, '--to', 'csv'])
      const before = readFileSync(name)
      expect(await finetune(['pull', name, ...flags])).toEqual({
        code: 2,
        stdout: '',
        stderr: `${name}: not NDJSON of records, which pull continues. Pass another file.\n`,
      })
      expect(readFileSync(name)).toEqual(before)
    }),
  )

  test('pull keeps runs in a database, and --since leaves the older ones out', () =>
    withService({ jobs: 6, clock: end }, async (_, flags) => {
      const since = String(startsAt + 200)
      expect((await finetune(['pull', '--db', 'runs.db', '--since', since, ...flags])).stdout).toMatch(
        /^2 runs/,
      )
      expect((await finetune(['pull', '--db', 'runs.db', ...flags])).stdout).toMatch(/^6 runs, 4 with news/)
      const { stdout } = await finetune(['runs', '--db', 'runs.db', '--format', 'json'])
      expect((JSON.parse(stdout) as ReadonlyArray<unknown>).length).toBe(6)
    }))

  test('pull survives faults, and names a run that it cannot read', () =>
    withService({ jobs: 3, clock: end }, async ({ inject, lives }, flags) => {
      inject('dropped-in-body', { times: 2 })
      inject('truncated', { times: 1 })
      inject('server-error', { times: 100, path: new RegExp(`${lives[1]?.id}/events`) })
      const { code, stdout, stderr } = await finetune(['pull', 'faulty.ndjson', ...flags])
      expect({ code, stdout }).toMatchObject({
        code: 1,
        stdout: expect.stringMatching(/^3 runs, 2 with news: .* 1 could not be read\n$/),
      })
      expect(stderr).toMatch(
        new RegExp(`${lives[1]?.id}/events: the service fails \\(500: .*\\)\\. Pull again later\\.\\n$`),
      )
    }))

  test('pull tells what to do', () =>
    withService({ jobs: 1 }, async ({ baseUrl }, flags) => {
      process.env['WRONG_KEY'] = 'sk-wrong'
      const failures = [
        [
          ['--base-url', baseUrl, '--api-key-env', 'WRONG_KEY'],
          `${baseUrl}/fine_tuning/jobs: the key is refused (401: Incorrect API key provided). Put a key of this service into WRONG_KEY, or name another variable with --api-key-env.`,
        ],
        [
          ['--base-url', baseUrl, '--api-key-env', 'NO_KEY'],
          '--api-key-env: the variable NO_KEY is not set. Put the key of the service into it.',
        ],
        [
          ['--base-url', 'http://127.0.0.1:9/v1', '--api-key-env', 'FAKE_KEY'],
          'http://127.0.0.1:9/v1/fine_tuning/jobs: no server answers at this address. Start the service, or check the base URL.',
        ],
        [
          ['--base-url', 'api.example', '--api-key-env', 'FAKE_KEY'],
          '"api.example": not a base URL. Write it as https://HOST/v1.',
        ],
        [
          ['--since', 'soon', ...flags],
          '--since: not a time. Pass a date such as 2025-06-30, or Unix seconds.',
        ],
      ] as const
      for (const [args, message] of failures)
        expect(await finetune(['pull', 'none.ndjson', ...args])).toEqual({
          code: 2,
          stdout: '',
          stderr: `${message}\n`,
        })
      expect(() => content('none.ndjson')).toThrow('ENOENT')
    }))
})

describe('finetune follow', () => {
  test('follow tells the life of a run in words as it happens, and ends with it', () =>
    withService({ jobs: 1, speed: 200 }, async ({ lives, inject }, flags) => {
      const [life] = lives
      inject('bad-gateway', { times: 4 })
      const { code, stdout, stderr } = await finetune(['follow', life?.id ?? '', '--settle', '0', ...flags])
      expect(code).toBe(0)
      expect(stderr).toMatch(
        /the service fails \(502\)\. It is asked again later\.\n {2}Next attempt in \d s\.\n$/,
      )
      const told = stdout.split('\n')
      for (const words of ['+ training started', '+ epoch 1 of 3 done', '→ succeeded'])
        expect(told.filter(line => line.includes(words)).length, words).toBeGreaterThan(0)
    }))

  test('follow prints observations as JSON, and ends with 1 for a run that fails', () =>
    withService({ jobs: 12, interval: 1, clock: end }, async ({ lives }, flags) => {
      const failed = lives.find(({ states }) => states.at(-1)?.value.status === 'failed')
      const id = failed?.id ?? ''
      const { code, stdout } = await finetune(['follow', id, '--settle', '0', '--format', 'json', ...flags])
      expect(code).toBe(1)
      const records = stdout.trimEnd().split('\n')
      expect(records.length).toBe(1 + (failed?.events.length ?? 0))
      expect(records.every(line => JSON.parse(line).run_id === id)).toBe(true)
    }))

  test('follow ends with 2 for a run that is not there', () =>
    withService({ jobs: 1 }, async ({ baseUrl }, flags) => {
      expect(await finetune(['follow', 'ftjob-nowhere', ...flags])).toEqual({
        code: 2,
        stdout: '',
        stderr: `${baseUrl}/fine_tuning/jobs/ftjob-nowhere: not there (404: Could not find fine tune: ftjob-nowhere). Check the base URL, which often ends with /v1, and the id.\n`,
      })
    }))
})
