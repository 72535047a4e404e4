import { kindDetector } from '@finetune-kit/archive/detect'
import { simulateJobs, simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { Json, Ndjson } from '@finetune-kit/serialization'
import * as t from 'io-ts'
import { expect, test } from 'vitest'

const bytes = (text: string) => new TextEncoder().encode(text)
const job = simulateJobs()[0]?.snapshots[0]
const [run] = simulateRuns()

test('kindDetector knows a kind by the first record that looks like anything', () => {
  const detector = kindDetector(Ndjson.of(t.unknown))
  expect(detector.push(bytes(toNdjson([{ a: 1 }])))).toBe(false)
  expect(detector.push(bytes('no JSON\n'))).toBe(false)
  expect(detector.push(bytes(toNdjson([job, run])))).toBe(true)
  expect(detector.push(bytes(toNdjson([run])))).toBe(true)
  detector.end()
  expect(detector.kind()?.name).toBe('job')
  expect(detector.reason()).toContain('match no kind of record')
})

test('kindDetector knows a kind at the end where a format gives no record before', () => {
  const detector = kindDetector(Json.of(t.unknown))
  detector.push(bytes(JSON.stringify(run)))
  detector.end()
  expect(detector.kind()?.name).toBe('fine-tune')
})

test('kindDetector adds the fields that are stored elsewhere to records, and to nothing else', () => {
  const { events, training_files, ...scalars } = run ?? {}
  const detector = kindDetector(Ndjson.of(t.unknown), { events, training_files })
  expect(detector.push(bytes(toNdjson([null, [run], 1, scalars])))).toBe(true)
  expect(detector.kind()?.name).toBe('fine-tune')
})

test('kindDetector names the form of a training file', () => {
  const detector = kindDetector(Ndjson.of(t.unknown))
  detector.push(bytes(toNdjson([{ prompt: 'Rye?', completion: ' Yes.' }])))
  expect(detector.kind()).toBeUndefined()
  expect(detector.trainingForm()).toBeDefined()
})
