import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import type { Life } from '@finetune-kit/watch/testing'
import { describe, expect, test } from 'vitest'
import { folderOfTests, runFinetune } from '../runFinetune.ts'
import { spawnFinetune, startFinetune } from '../spawnFinetune.ts'
import { startsAt, withService } from './withService.ts'

const { finetune, content, folder } = folderOfTests()

/** A service whose runs are complete as soon as they have ended. */
const withRuns: typeof withService = (options, use) =>
  withService(options, (service, flags) => use(service, [...flags, '--settle', '0']))

const lifeWith = (lives: ReadonlyArray<Life>, status: string): Life =>
  lives.find(({ states }) => states.at(-1)?.value.status === status) as Life

/** Lines in order, without the times of observations: two watches see the same at different times. */
const sorted = (lines: string): ReadonlyArray<string> =>
  lines
    .replaceAll(/"seen_at":\d+/g, '')
    .trimEnd()
    .split('\n')
    .toSorted()

/** A change as it is printed. */
interface Told {
  readonly type: string
  readonly run: string
  readonly observations?: ReadonlyArray<{ readonly record: { readonly object: string } }>
}

describe('finetune watch', () => {
  test('watch tells and keeps the life of a run as it happens', () =>
    withRuns({ jobs: 1, speed: 80 }, async ({ lives, inject }, flags) => {
      const [life] = lives as [Life]
      inject('bad-gateway', { times: 5 })
      const { code, stdout, stderr } = await finetune(['watch', life.id, '--db', 'live.db', ...flags])
      expect(code).toBe(0)
      expect(stdout).toContain(`run "${life.id}"\n  2`)
      for (const words of ['+ training started', '+ epoch 3 of 3 done', '→ succeeded'])
        expect(stdout.split('\n').filter(line => line.includes(words)).length, words).toBe(1)
      expect(stderr).toMatch(
        /the service fails \(502\)\. It is asked again later\.\n {2}Next attempt in \d s\.\n/,
      )
      const log = await finetune(['log', '--db', 'live.db', life.id])
      expect(log.stdout).toContain('→ succeeded')
    }))

  test('watch ends with 1 where one run does not succeed, and runs a command on each change', () =>
    withRuns({ jobs: 12, interval: 1, clock: () => startsAt + 1e6 }, async ({ lives }, flags) => {
      const [good, bad] = [lifeWith(lives, 'succeeded'), lifeWith(lives, 'failed')]
      const command = ['--exec', 'cat >> changes.ndjson']
      const ended = await finetune(['watch', good.id, bad.id, '--db', 'exec.db', ...command, ...flags])
      expect(ended).toMatchObject({ code: 1, stderr: '' })
      const changes = content('changes.ndjson')
        .trimEnd()
        .split('\n')
        .map(
          line =>
            JSON.parse(line) as { readonly type: string; readonly run: string; readonly status: string },
        )
      expect(new Set(changes.map(({ type, run, status }) => `${type} ${run} ${status}`))).toEqual(
        new Set([
          `seen ${good.id} succeeded`,
          `complete ${good.id} succeeded`,
          `seen ${bad.id} failed`,
          `complete ${bad.id} failed`,
        ]),
      )
      const printed = await finetune([
        'watch',
        good.id,
        bad.id,
        '--db',
        'json.db',
        '--format',
        'json',
        ...flags,
      ])
      expect(printed).toMatchObject({ code: 1, stderr: '' })
      expect(sorted(printed.stdout)).toEqual(sorted(content('changes.ndjson')))
      const broken = await finetune(['watch', good.id, '--db', 'exec.db', '--exec', 'exit 3', ...flags])
      expect(broken).toMatchObject({ code: 0, stderr: '--exec: exit 3: exit code 3.\n' })
    }))

  test('watch keeps all runs of a service', () =>
    withRuns({ jobs: 8, fineTunes: 2, clock: () => startsAt + 1e6 }, async ({ lives }, flags) => {
      const { stdout, stderr } = await finetune(['watch', '--until', 'ended', '--db', 'all.db', ...flags])
      expect(stderr).toBe('')
      for (const { id, states } of lives)
        expect(stdout).toContain(`run "${id}": ${states.at(-1)?.value.status}, kept\n`)
      const runs = await finetune(['runs', '--db', 'all.db', '--format', 'json'])
      expect((JSON.parse(runs.stdout) as ReadonlyArray<unknown>).length).toBe(10)
    }))

  test('watch ends with 2 and says what to do, if it cannot watch', () =>
    withRuns({ jobs: 1 }, async ({ baseUrl }, flags) => {
      const gone = await finetune(['watch', 'ftjob-nowhere', '--db', 'gone.db', ...flags])
      expect(gone.code).toBe(2)
      expect(gone.stderr).toContain('run "ftjob-nowhere": paused. ')
      process.env['WRONG_KEY'] = 'sk-wrong'
      const wrong = ['--base-url', baseUrl, '--api-key-env', 'WRONG_KEY']
      expect(await finetune(['watch', '--db', 'wrong.db', ...wrong])).toEqual({
        code: 2,
        stdout: '',
        stderr: `all runs: paused. ${baseUrl}/fine_tuning/jobs: the key is refused (401: Incorrect API key provided). Put a key of this service into WRONG_KEY, or name another variable with --api-key-env.\n`,
      })
    }))

  test('watch ends with 2 when its key is refused, and goes on with all runs by a good one', () =>
    withRuns({ jobs: 3, interval: 1, clock: () => startsAt + 1e6 }, async ({ lives, inject }, flags) => {
      const watch = (...args: ReadonlyArray<string>) =>
        finetune(['watch', '--db', 'refused.db', ...flags, ...args])
      const [first] = lives as [Life]
      expect((await watch(first.id)).code).not.toBe(2)
      inject('unauthorized', { path: /events$/ })
      expect((await watch()).code).toBe(2)
      expect((await watch('--until', 'ended')).code).not.toBe(2)
      const { stdout } = await finetune(['runs', '--db', 'refused.db', '--format', 'json'])
      expect((JSON.parse(stdout) as ReadonlyArray<unknown>).length).toBe(3)
    }))

  test('watch tells once of a record that it cannot keep', () =>
    withRuns({ jobs: 1, clock: () => startsAt + 1e6 }, async ({ lives }, flags) => {
      const [life] = lives as [Life]
      for (const event of life.events.slice(0, 2)) Object.assign(event, { level: 7 })
      const { stderr } = await finetune(['watch', life.id, '--db', 'odd.db', ...flags])
      expect(stderr).toMatch(/^run "ftjob-\w+": a record is not kept: \/level: expected .*\n$/)
      const followed = await finetune(['follow', life.id, ...flags])
      expect(followed.stderr).toMatch(/^ftjob-\w+: a record is not kept: \/level: expected .*\n$/)
    }))

  test('watch tells a terminal what it watches, and where that is kept', () =>
    withService({ jobs: 1, clock: () => startsAt + 1e6 }, async ({ lives, baseUrl }, flags) => {
      const args = ['watch', lives[0]?.id ?? '', '--db', 'terminal.db', ...flags]
      const { stderr } = await runFinetune(args, { isTerminal: true })
      expect(stderr).toBe(`Watching 1 run of ${baseUrl}, kept in terminal.db. Press Ctrl-C to stop.\n`)
    }))

  test('two watches on one database tell the same from then on, whoever of them makes a poll', () =>
    withRuns({ jobs: 2, interval: 1, speed: 80 }, async ({ lives }, flags) => {
      const ids = lives.map(({ id }) => id)
      // events of one second, as a quick first poll sees them, tell no order of their own
      const dialect = ['--dialect', 'openai']
      const args = ['watch', ...ids, '--db', 'shared.db', '--format', 'json', ...dialect, ...flags]
      const ends = await Promise.all([spawnFinetune(folder, args), spawnFinetune(folder, args)])
      const told = ends.map(({ code, stdout, stderr }) => {
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
        const changes = stdout
          .trimEnd()
          .split('\n')
          .map(line => JSON.parse(line) as Told)
        const ended = changes.filter(({ type }) => type === 'complete').map(({ run }) => run)
        expect(ended.toSorted()).toEqual(ids.toSorted())
        return changes
      })
      for (const { id, events } of lives) {
        const records = told.map(changes =>
          changes
            .filter(({ run }) => run === id)
            .flatMap(({ observations = [] }) => observations.map(({ record }) => record))
            .filter(({ object }) => object === 'fine_tuning.job.event'),
        )
        // one of them has started first
        for (const some of records) expect(some).toEqual(events.slice(events.length - some.length))
        expect(Math.max(...records.map(({ length }) => length))).toBe(events.length)
      }
    }))

  test('watch ends within seconds of a signal while a poll hangs, and leaves the poll to others', async () => {
    const server = createServer(() => {})
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    const service = ['--base-url', `http://127.0.0.1:${port}/v1`, '--api-key-env', 'FAKE_KEY']
    const child = startFinetune(folder, ['watch', 'ftjob-1', '--db', 'hang.db', ...service])
    const closed = once(child, 'close')
    await once(server, 'request')
    const began = Date.now()
    child.kill('SIGTERM')
    expect(await closed).toEqual([143, null])
    // a request may take a minute, the queue two
    expect(Date.now() - began).toBeLessThan(30_000)
    server.close()
    server.closeAllConnections()
    const database = new DatabaseSync('hang.db')
    const held = database.prepare('select id from finetune_kit_polls where acquired_by is not null').all()
    database.close()
    expect(held).toEqual([])
  })
})
