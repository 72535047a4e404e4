import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { History } from '@finetune-kit/diff'
import { FineTuneSnapshot } from '@finetune-kit/model'
import * as E from '#fp-ts/Either'
import { interleave, median } from '../interleave.ts'
import { recordTexts } from '../records.ts'
import { figuresOf, type Row } from '../Row.ts'

type Run = FineTuneSnapshot
const runs = History.of(FineTuneSnapshot)

/** The life of a run of 20 events as 200 polls saw it: one more event at every tenth poll. */
const polls = (): ReadonlyArray<Run> => {
  const last = JSON.parse(recordTexts(1, { events: 20 })[0] as string) as Run
  const events = last.events ?? []
  const unfinished = { ...last, fine_tuned_model: null, result_files: [] }
  return Array.from({ length: 200 }, (_, i): Run => {
    const seen = events.slice(0, 1 + Math.floor(i / 10))
    if (i === 199) return last
    const status = seen.length < 4 ? 'pending' : 'running'
    return { ...unfinished, status, updated_at: seen.at(-1)?.created_at ?? 0, events: seen }
  })
}

const written = (snapshots: ReadonlyArray<Run>): History.History<Run> =>
  snapshots.reduce<History.History<Run>>((history, run) => {
    const longer = runs.append(run)(history)
    return E.isRight(longer) ? longer.right : history
  }, runs.empty)

export const historyRow: Row = {
  name: 'history',
  title: 'history of 200 polls of one run, zstd: an event more at every tenth poll',
  run: () => {
    const snapshots = polls()
    const history = written(snapshots)
    const lines = snapshots.map(run => JSON.stringify(run)).join('\n')
    const all = zstdCompressSync(lines)
    const text = JSON.stringify(history)
    const deltas = zstdCompressSync(text)
    const lastOf = {
      NDJSON: () => {
        const texts = zstdDecompressSync(all).toString().split('\n')
        return (JSON.parse(texts.at(-1) as string) as Run).id.length
      },
      history: () => {
        const read = JSON.parse(zstdDecompressSync(deltas).toString()) as History.History<Run>
        const last = runs.latest(read)
        return E.isRight(last) ? last.right.id.length : 0
      },
    }
    // one more poll: either everything is written again, or the last entry is appended
    const [earlier, last] = [written(snapshots.slice(0, -1)), snapshots.at(-1) as Run]
    const writing = {
      NDJSON: () => zstdCompressSync(snapshots.map(run => JSON.stringify(run)).join('\n')).length,
      history: () => {
        const longer = runs.append(last)(earlier)
        return zstdCompressSync(JSON.stringify(E.isRight(longer) ? longer.right : longer.left)).length
      },
    }
    const reading = interleave(lastOf, { base: 'NDJSON', rounds: 15 })
    const writes = interleave(writing, { base: 'NDJSON', rounds: 15 })
    return {
      figures: [
        ['NDJSON + zstd', `${all.length} bytes of ${lines.length}`],
        ['history + zstd', `${deltas.length} bytes of ${text.length}`],
        ...figuresOf(reading).map(([name, figure]) => [name, `${figure} reading the last`] as const),
        ...figuresOf(writes).map(([name, figure]) => [name, `${figure} writing it all`] as const),
      ],
      goals: [
        { what: 'bytes, of NDJSON', measured: text.length / lines.length, target: 0.05, atMost: true },
        { what: 'writing', measured: writes.get('history') as number, target: 10 },
        { what: 'reading the last', measured: reading.get('history') as number, target: 4 },
      ],
      note: `zstd leaves ${zstdCompressSync(JSON.stringify(last)).length} bytes of the last record alone, and little of lines that each repeat the one before`,
    }
  },
}

/** Milliseconds of CPU for one more entry after so many, each with the status changed. */
const appended = (entries: number): number => {
  const [first] = polls() as readonly [Run]
  let head: History.Head<Run> | undefined
  const append = (count: number) => {
    for (let i = 0; i < count; i++) {
      const next = runs.next({ ...first, updated_at: head === undefined ? 0 : head.index + 1 })(head)
      head = E.isRight(next) ? next.right?.head : head
    }
  }
  append(entries)
  const started = process.cpuUsage()
  append(1000)
  const { user, system } = process.cpuUsage(started)
  return (user + system) / 1e6
}

export const appendRow: Row = {
  name: 'history-append',
  title: 'one more entry of a stored history, after 2,000 and after 50,000, given its head',
  run: () => {
    appended(2000) // the compilers of V8 come first
    const [short, long] = [2000, 50_000].map(entries =>
      median(Array.from({ length: 5 }, () => appended(entries))),
    ) as [number, number]
    return {
      figures: [
        ['after 2,000 entries', `${(short * 1000).toFixed(1)} µs`],
        ['after 50,000 entries', `${(long * 1000).toFixed(1)} µs`],
      ],
      goals: [{ what: 'long, of short', measured: long / short, target: 1.2, atMost: true }],
    }
  },
}
