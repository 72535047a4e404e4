import { RecordKind } from '@finetune-kit/model'
import { simulateJobs, simulateRuns } from '@finetune-kit/model/testing'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Digest from '../src/Digest.ts'
import { opsOf } from '../src/historyOps.ts'

const kindOf = (value: unknown): RecordKind.RecordKind => {
  const kind = RecordKind.detect(value)
  if (kind._tag === 'Left') throw new Error(kind.left)
  return kind.right
}

/** The digests by the history of the kind, each on its own. */
const byHistory = (value: unknown) => {
  const { history, toComparable } = opsOf(kindOf(value))
  const digestOf = (form: unknown) => {
    const digest = history.valueDigest(form)
    return digest._tag === 'Right' ? digest.right : digest.left.reason
  }
  return { exact: digestOf(value), comparable: digestOf(toComparable(value)).slice(0, 16) }
}

const digestsOf = (value: unknown) => {
  const digests = Digest.ofSnapshot(kindOf(value))(value)
  return digests._tag === 'Right' ? digests.right : digests.left
}

const runs: ReadonlyArray<object> = [
  ...simulateRuns(),
  ...simulateJobs().flatMap(({ snapshots }) => snapshots),
]

test('Digest.ofSnapshot makes the digests of the history, for the lives of runs', () => {
  for (const run of runs) expect(digestsOf(run)).toEqual(byHistory(run))
})

test('Digest.ofSnapshot makes the digests of the history, whatever else the runs hold', () => {
  const json = fc
    .jsonValue({ noUnicodeString: false })
    .map(value => JSON.parse(JSON.stringify(value)) as unknown)
  fc.assert(
    fc.property(fc.constantFrom(...runs), fc.dictionary(fc.string(), json), json, (run, more, extra) => {
      const value = {
        ...run,
        ...Object.fromEntries(Object.entries(more).filter(([key]) => !(key in run))),
        extra,
      }
      expect(digestsOf(value)).toEqual(byHistory(value))
    }),
  )
})

test('Digest.ofSnapshot makes the digests of the history for keys that JavaScript orders itself', () => {
  const [run] = runs
  for (const extra of [
    '{"9":1,"a":null}',
    '{"__proto__":{"b":null}}',
    '{"b":"\\ud800","a":{"1":null}}',
    '{"z":0}',
  ]) {
    const value = { ...run, extra: JSON.parse(extra) as unknown }
    expect(digestsOf(value)).toEqual(byHistory(value))
  }
})
