import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decode, draw } from '@finetune-kit/codec'
import { seeded, simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RunCurves } from '../../src/api/curves.ts'
import { inProcess } from './inProcess.ts'
import { maxBytes, sentBytes } from './sentBytes.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const folder = temporaryFolder()

const metrics = ['train_loss', 'train_accuracy', 'valid_loss', 'valid_mean_token_accuracy'] as const

/** A result file of so many steps, whose values have all the digits of a float. */
const resultFile = (steps: number): string => {
  const random = seeded(steps)
  const value = () => random.int(1, 1_000_000_000) / 999_999_937
  const rows = Array.from({ length: steps }, (_, i) => [
    i + 1,
    value() + 3 / (i + 1),
    value(),
    ...(i % 5 === 0 ? [value(), value()] : ['', '']),
  ])
  return [['step', ...metrics], ...rows].map(row => row.join(',')).join('\n')
}

const last = simulateJobs()[0]?.snapshots.at(-1)

describe.each([10_000, 100_000])('the curves of a run of %i steps', steps => {
  let server: Awaited<ReturnType<typeof inProcess>>
  beforeAll(async () => {
    const path = join(folder, `${steps}.ndjson`)
    const results = {
      object: 'finetune-kit.observation',
      seen_at: 1_700_000_000,
      source: 'test',
      run_id: last?.id,
      record: { object: 'finetune-kit.result-file', name: 'file-1.csv', content: resultFile(steps) },
    }
    const records = Array.from({ length: steps / 10 }, (_, i) => ({
      object: 'finetune-kit.observation',
      seen_at: 1_700_000_000 + i,
      source: 'test',
      run_id: last?.id,
      record: {
        object: 'fine_tuning.job.event',
        id: `ftevent-${i}`,
        created_at: 1_700_000_000 + i * 13,
        level: 'info',
        message: 'metrics',
        data: { step: (i + 1) * 10 },
      },
    }))
    writeFileSync(path, toNdjson([last, results, ...records]))
    server = await inProcess([path])
  })
  afterAll(() => server.close())

  const asked = async (query = '') => {
    const decoded = decode(RunCurves)((await server.get(`/api/runs/${last?.id}/curves${query}`)).body)
    if (decoded._tag === 'Left') throw new Error(draw(decoded.left))
    return decoded.right
  }
  const csv = resultFile(steps)
    .split('\n')
    .slice(1)
    .map(line => line.split(',').map(Number))

  test('take at most 60 kB', async () => {
    for (const query of ['', '?axis=logarithmic', '?from=1000&to=9000'])
      expect(await sentBytes(server.url, `/api/runs/${last?.id}/curves${query}`)).toBeLessThan(maxBytes)
  })

  test('keep the extremes, the best and the last point, and the number of all', async () => {
    const { curves, more, times } = await asked()
    expect([curves.length, more]).toEqual([4, 0])
    const losses = csv.map(([, loss = 0]) => loss)
    const [least, greatest] = [Math.min(...losses), losses.reduce((a, b) => Math.max(a, b))]
    const loss = curves.find(({ metric }) => metric === 'train_loss')
    const values = loss?.points.map(({ value }) => value) ?? []
    expect([Math.min(...values), Math.max(...values)]).toEqual([least, greatest])
    expect(loss?.best).toEqual({ step: losses.indexOf(least) + 1, value: least, source: 'results' })
    expect(loss?.last).toEqual({ step: steps, value: losses.at(-1), source: 'results' })
    expect(loss?.thinning?.count).toBe(steps)
    expect(values.length).toBeGreaterThan(800)
    expect([times[0]?.step, times.at(-1)?.step, times.length <= 500]).toEqual([10, steps, true])
  })

  test('reach every point where few steps are asked for', async () => {
    const { curves } = await asked('?from=5001&to=6000')
    const loss = curves.find(({ metric }) => metric === 'train_loss')
    expect(loss?.thinning).toBeUndefined()
    expect(loss?.points.map(({ step, value }) => [step, value])).toEqual(
      csv.slice(5000, 6000).map(([step, value]) => [step, value]),
    )
    expect((await asked('?from=1000000')).curves).toEqual([])
  })
})

test('the API refuses steps that are no numbers, and too many points', async () => {
  const path = join(folder, 'one.ndjson')
  writeFileSync(path, toNdjson([last]))
  const server = await inProcess([path])
  for (const query of ['from=x', 'axis=round', 'points=3601', 'points=0']) {
    const { status, body } = await server.get(`/api/runs/${last?.id}/curves?${query}`)
    expect([query, status, body]).toEqual([
      query,
      400,
      { error: expect.objectContaining({ message: expect.stringContaining(query.split('=')[0] ?? '') }) },
    ])
  }
  await server.close()
})
