import { contestants, note } from '../contestants.ts'
import { interleave, type Job } from '../interleave.ts'
import { parsed, recordTexts } from '../records.ts'
import { fastest, figuresOf, type Goal, type Row } from '../Row.ts'

/** Each contestant over all the records; a contestant that refuses a valid record is out. */
const jobsOver = (records: ReadonlyArray<unknown>): Record<string, Job> =>
  Object.fromEntries(
    Object.entries(contestants).map(([name, accepts]) => [
      name,
      () => {
        let n = 0
        for (const record of records) if (accepts(record)) n++
        if (n !== records.length) throw new Error(`${name} refused ${records.length - n} valid records`)
        return n
      },
    ]),
  )

interface Spec {
  readonly name: string
  readonly title: string
  readonly count: number
  readonly orders: number
  /** The least speed; handwritten checks are 1. */
  readonly target: number
  /** True if no peer may be faster. */
  readonly leads?: boolean
}

const decodeRow = ({ name, title, count, orders, target, leads = false }: Spec): Row => ({
  name,
  title,
  run: () => {
    const jobs = jobsOver(parsed(recordTexts(count, { orders })))
    const ratios = interleave(jobs, { base: 'io-ts', rounds: count > 1000 ? 21 : 41 })
    const ours = ratios.get('finetune-kit') as number
    const written = ratios.get('handwritten') as number
    const goals: Array<Goal> = [{ what: 'of handwritten', measured: ours / written, target }]
    if (leads)
      goals.push({
        what: 'times the fastest peer',
        measured: ours / fastest(ratios, 'finetune-kit', 'handwritten', 'handwritten, strict'),
        target: 1,
      })
    return { figures: figuresOf(ratios), goals, note }
  },
})

export const decodeRows: ReadonlyArray<Row> = [
  { name: 'decode-hot', title: 'decode, valid, 64 records', count: 64, orders: 1, target: 0.95, leads: true },
  {
    name: 'decode-cold',
    title: 'decode, valid, 10,000 records',
    count: 10_000,
    orders: 1,
    target: 0.95,
    leads: true,
  },
  { name: 'decode-4-orders', title: 'decode, valid, 4 key orders', count: 64, orders: 4, target: 0.9 },
  { name: 'decode-16-orders', title: 'decode, valid, 16 key orders', count: 64, orders: 16, target: 0.9 },
  {
    name: 'decode-own-order',
    title: 'decode, valid, every record in its own key order',
    count: 1000,
    orders: Number.POSITIVE_INFINITY,
    target: 0.9,
  },
].map(decodeRow)
