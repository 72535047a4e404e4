import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databases, type TestDatabase } from '@finetune-kit/checks/databases'
import { observationsOf, simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import { openStore } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import { afterAll, expect, test } from 'vitest'
import { started } from '../test/server/started.ts'
import { send, upload } from './client.ts'

const kills = Number(process.env['FINETUNE_KIT_KILLS'] ?? 50)

/** A server that is killed leaves its uploads. */
const uploads = mkdtempSync(join(tmpdir(), 'ledger-kills-'))
afterAll(() => rmSync(uploads, { recursive: true }))

type Options = ReturnType<TestDatabase['make']>['options']

/** Acknowledged notes and imports, and the milliseconds of the first import. */
interface Use {
  readonly notes: Map<string, string>
  readonly imported: Set<number>
  took: number
}

/**
 * Edits, imports and reads until the server is killed: within four times what an import takes, so
 * that many imports are acknowledged and many cut, on any machine.
 */
const useUntilKilled = async ({ db, databaseUrl = '' }: Options, seed: number, use: Use) => {
  const { notes, imported } = use
  const flags = db === undefined ? [] : ['--db', db]
  const ledger = started([], [...flags, '--port', '0'], {
    DATABASE_URL: databaseUrl,
    TMPDIR: uploads,
  })
  const url = await ledger.address
  const jobs = simulateJobs(seed)
  const edit = async () => {
    for (let i = 0; ; i++) {
      const keys = [...notes.keys()]
      const id = keys[i % keys.length]
      const note = `${seed} ${i}`
      const body = JSON.stringify({ note })
      if (id === undefined) await send(url, '/api/runs')
      else if ((await send(url, `/api/runs/${id}`, { method: 'PATCH', body })).status === 200)
        notes.set(id, note)
    }
  }
  const importOne = async () => {
    const { state } = await upload(url, `${seed}.ndjson`, toNdjson(observationsOf(jobs)))
    if (state !== 'done') return
    imported.add(seed)
    for (const { id } of jobs) notes.set(id, '')
  }
  // there is nothing to edit before the first import
  if (imported.size === 0) {
    const from = performance.now()
    await importOne()
    use.took = performance.now() - from
  }
  const timer = setTimeout(() => ledger.process.kill('SIGKILL'), Math.random() * 4 * use.took)
  await Promise.allSettled([edit(), importOne()])
  clearTimeout(timer)
  ledger.process.kill('SIGKILL')
  await ledger.ended
}

const survives = async (options: Options) => {
  const use: Use = { notes: new Map(), imported: new Set(), took: 0 }
  const { notes, imported } = use
  for (let seed = 1; seed <= kills; seed++) await useUntilKilled(options, seed, use)
  expect(imported.size).toBeGreaterThan(0)
  const found = Effect.scoped(
    Effect.gen(function* () {
      const store = yield* openStore(options)
      for (const [id, note] of notes) {
        const row = yield* store.row({ id })
        // a later edit may have been written and not acknowledged
        const [seed = 0, i = 0] = row.note.split(' ').map(Number)
        const [acknowledgedSeed = 0, acknowledged = 0] = note.split(' ').map(Number)
        const isKept = seed > acknowledgedSeed || (seed === acknowledgedSeed && i >= acknowledged)
        expect([id, row.note, note, isKept]).toEqual([id, row.note, note, true])
      }
      const { runs } = yield* store.runs({ limit: 100_000, filter: { hidden: 'with' } })
      for (const { id, born } of runs)
        expect(yield* store.verify({ id, born })).toMatchObject({ _tag: 'Sound' })
      return runs.length
    }),
  )
  const count = await Effect.runPromise(found)
  process.stdout.write(
    `${JSON.stringify({ kills, imported: imported.size, edited: [...notes.values()].filter(note => note !== '').length, runs: count })}\n`,
  )
}

test.each(databases)(
  `${kills} kills of a server in use lose nothing that was acknowledged on $name`,
  async ({ make }) => {
    const { options, remove } = make()
    await survives(options).finally(remove)
  },
)
