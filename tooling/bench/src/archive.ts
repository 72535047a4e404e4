/**
 * Writes an archive of N runs as NDJSON of about 1.8 kB a run, one chunk at a time:
 * `node tooling/bench/src/archive.ts 1000000 > runs.ndjson`. The same N writes the same bytes.
 *
 * The records are like real ones: one run in three is pending or running, with nulls for what is
 * not known yet, and some have undocumented keys, in the run itself and in its hyperparams.
 */
import { once } from 'node:events'
import { random } from './random.ts'
import { type Json, recordOf } from './records.ts'

type Finished = ReturnType<typeof recordOf>

const archived = (i: number, run: Finished): Json => {
  const seen = i % 3 === 1 ? running(run, i % 2 === 0 ? 2 : 7) : run
  return i % 4 === 2 ? extended(seen, i) : seen
}

const running = (run: Finished, events: number) => ({
  ...run,
  hyperparams: {
    ...run.hyperparams,
    ...(events < 4 && { batch_size: null, learning_rate_multiplier: null }),
  },
  status: events < 4 ? 'pending' : 'running',
  fine_tuned_model: null,
  result_files: [],
  events: run.events.slice(0, events),
})

const extended = (run: Finished | ReturnType<typeof running>, i: number) => ({
  ...run,
  hyperparams: { ...run.hyperparams, use_packing: i % 8 === 2, weight_decay: null },
  user_provided_suffix: i % 8 === 2 ? `suffix ${i}` : null,
  billing: { tokens: 1000 * (i % 777), tags: ['batch', 'überprüft'] },
})

const pieceLength = 256 * 1024

const write = async (count: number): Promise<void> => {
  const next = random(1)
  let piece = ''
  for (let i = 0; i < count; i++) {
    piece += `${JSON.stringify(archived(i, recordOf(next, i, 10)))}\n`
    if (piece.length < pieceLength && i < count - 1) continue
    if (!process.stdout.write(piece)) await once(process.stdout, 'drain')
    piece = ''
  }
}

const count = Number(process.argv[2])
if (Number.isSafeInteger(count) && count > 0) await write(count)
else {
  console.error('how many runs? node tooling/bench/src/archive.ts 1000 > runs.ndjson')
  process.exitCode = 2
}
