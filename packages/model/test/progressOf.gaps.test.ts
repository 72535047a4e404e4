import { describe, expect, test } from 'vitest'
import { type FineTuningJobSnapshot, progressOf, type RunResources } from '@finetune-kit/model'
import { event, file, job, jobEvent, pending } from './samples.ts'

const of = (changes: Partial<FineTuningJobSnapshot>, resources: RunResources = {}) =>
  progressOf({ ...job, ...changes }, resources)

const error = (at: number, message: string) => ({ ...jobEvent(at, message), level: 'error' })

const failure = (...events: NonNullable<RunResources['events']>) =>
  of({ status: 'failed' }, { events }).failure?.message

describe('progressOf a run whose records have gaps', () => {
  test('a status that nobody knows is an end if the job tells its time', () => {
    expect(of({ status: 'frozen', finished_at: 1500, estimated_finish: 1900 })).toMatchObject({
      phase: 'unknown',
      finishedAt: 1500,
      estimatedFinish: null,
    })
    expect(of({ status: 'frozen', estimated_finish: 1900 }).estimatedFinish).toBe(1900)
    expect(of({ status: 'running', finished_at: 1500 }).finishedAt).toBeNull()
    expect(progressOf({ ...pending, status: 'frozen', updated_at: 1500 }).finishedAt).toBeNull()
  })

  test('no tokens are a count only when the job has ended', () => {
    expect(of({ status: 'running', trained_tokens: 0 }).trainedTokens).toBeNull()
    expect(of({ status: 'failed', trained_tokens: 0 }).trainedTokens).toBe(0)
  })

  test('a part begins where the one before it ends, also where one is left out', () => {
    const started = [jobEvent(1100, 'Fine-tuning job started')]
    const validated = [jobEvent(1040, 'Files validated, moving job to queued state')]
    expect(of({}, { events: started }).seconds).toMatchObject({ validating: 100, queued: null })
    expect(of({ status: 'cancelled', finished_at: 1090 }, { events: validated }).seconds).toEqual({
      validating: 40,
      queued: 50,
      training: null,
      total: 90,
    })
    expect(
      of(
        { status: 'failed', finished_at: 1030 },
        { events: [jobEvent(1030, 'Files validated, moving job to queued state')] },
      ).seconds,
    ).toMatchObject({ validating: 30, queued: 0 })
  })

  test('the rows of a result file tell the steps that are done, and their total at the end', () => {
    const results = [{ rows: [{ step: 10 }, { step: 20 }] }] as unknown as NonNullable<
      RunResources['results']
    >
    expect(of({ status: 'running' }, { results }).steps).toEqual({ done: 20, total: null })
    expect(of({ status: 'succeeded' }, { results }).steps).toEqual({ done: 20, total: 20 })
  })

  test('the event of a checkpoint tells a step', () => {
    expect(of({}, { events: [jobEvent(1400, 'Checkpoint created at step 20')] }).steps).toEqual({
      done: 20,
      total: null,
    })
  })

  test('the position in the queue is that of the last event, also where it grew', () => {
    const events = [2, 5].map((n, i) => event(1040 + i, `Fine-tune is in the queue. Queue number: ${n}`))
    expect(progressOf({ ...pending, events }).queuePosition).toBe(5)
  })

  test('the price of a model itself counts before that of its base', () => {
    const model = 'ft:gpt-4o-mini:bakery::a'
    const ended = { status: 'succeeded', model, trained_tokens: 1_000_000 }
    expect(of(ended, { prices: { [model]: 5, 'gpt-4o-mini': 3 } }).dollars).toBe(5)
    expect(of(ended, { prices: { 'gpt-4o-mini': 3 } }).dollars).toBe(3)
  })

  test('an error is the end of a job only if it failed', () => {
    const events = [error(1054, 'No flour.')]
    expect(of({ status: 'failed' }, { events }).finishedAt).toBe(1054)
    expect(of({ status: 'cancelled' }, { events }).finishedAt).toBeNull()
  })

  test('the last reason of a failure counts, and an error before news and failures without one', () => {
    expect(failure(error(1050, 'No flour.'), error(1051, 'No yeast.'))).toBe('No yeast.')
    expect(failure(error(1050, 'No flour.'), jobEvent(1051, 'The moon is full.'))).toBe('No flour.')
    expect(failure(error(1050, 'No flour.'), error(1051, 'Fine-tuning job failed.'))).toBe('No flour.')
    expect(
      failure(
        error(1050, 'Fine-tuning job failed. No flour.'),
        error(1051, 'Fine-tuning job failed. No yeast.'),
        error(1052, 'Fine-tuning job failed.'),
      ),
    ).toBe('No yeast.')
    expect(
      failure(
        jobEvent(1050, 'Fine-tuning job failed.', { error: 'No flour.' }),
        jobEvent(1051, 'Fine-tuning job failed.', { error: 'No yeast.' }),
        jobEvent(1052, 'Fine-tuning job failed.'),
        jobEvent(1053, 'Step 1/2: training loss=0.10', { error: 'No salt.' }),
      ),
    ).toBe('No yeast.')
  })

  test('the reason of a fine-tune is that of its event before that of its files', () => {
    const failed = { ...pending, status: 'failed', training_files: [{ ...file, status_details: 'Line 7.' }] }
    expect(progressOf(failed).failure?.message).toBe('Line 7.')
    expect(
      progressOf({ ...failed, events: [event(1050, 'Fine-tune failed. No flour.', 'error')] }).failure
        ?.message,
    ).toBe('No flour.')
  })
})
