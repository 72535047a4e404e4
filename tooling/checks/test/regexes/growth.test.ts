/** The time of every regular expression grows with the length of its input, not with the square. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesOf, root } from '../../src/files.ts'
import { superlinear } from '../../src/regexes/growth.ts'
import { regexLiterals } from '../../src/regexes/regexLiterals.ts'

test.each([/\s+$/, /^\s*\s*$/, /=+$/, /^.*,.*;$/])('superlinear finds %s', regex => {
  expect(superlinear(regex)?.ratio).toBeGreaterThan(8)
})

test.each([/^\s+/, /(?<!=)=+$/, /^[a-z]+$/, /\p{C}/u, /={1,2}$/])(
  'superlinear finds nothing in %s',
  regex => {
    expect(superlinear(regex)).toBeUndefined()
  },
)

const sources = filesOf(['{packages,apps}/*/src/**/*.{ts,tsx}', 'apps/ledger/page/src/**/*.{ts,tsx}']).map(
  file => [file, readFileSync(join(root, file), 'utf8')] as const,
)

test('regular expressions that are made at run time are those that were looked at', () => {
  const made = sources.filter(([, text]) => /\bRegExp\(/.test(text)).map(([file]) => file)
  expect(made).toEqual(Object.keys(madeAtRunTime))
})

/** One regular expression of each kind that a file makes. Those of `pattern` come from the caller. */
const madeAtRunTime: Readonly<Record<string, ReadonlyArray<RegExp>>> = {
  'packages/archive/src/dataset/spoolPartitions.ts': [/.{64}/],
  'packages/codec/src/testing/edgeCases.ts': [],
  'packages/diff/src/story/narrative/fileRules.ts': [/^\/result_files\/(\d+)(?:\/(status|status_details))?$/],
  'packages/diff/src/story/narrative/hyperparameterRules.ts': [
    /^((?:\/method\/[^/]+)?\/hyperparameters)\/([^/]+)$/,
  ],
  'packages/model/src/EventMessage.ts': [
    /^(.*?) ?Fine-tune failed\. For help, please contact OpenAI and include your fine-tune ID: (\S+)$/s,
    /^Completed epoch (\d{1,15})\/(\d{1,15})$/,
    /^Checkpoint created at step (\d{1,15})(?: with Snapshot ID: (\S+))?$/,
  ],
  'packages/model/src/StepMessage.ts': [/^Step (\d{1,15})(?:\/(\d{1,15}))?(?:: | , )/],
  'packages/model/src/Suffix.ts': [/^.{1,40}$/su],
  'packages/model/src/job/GraderSnapshot.ts': [/^(?!(?:multi|python|score_model)$)/],
  'packages/model/src/results/ResultMetrics.ts': [
    /^(?:step|elapsed_tokens|(?:train|valid|full_valid)_mean_reward)$|^(?:classification\/.+|(?:train|valid)_loss)$/,
  ],
  'packages/serialization/src/yaml/precheck.ts': [/^[ \t?:-]{500}/m],
}

describe.each(
  [
    ...sources.map(([file, text]) => [file, regexLiterals(file, text).map(({ regex }) => regex)] as const),
    ...Object.entries(madeAtRunTime).map(([file, all]) => [`${file}, made`, all] as const),
  ].filter(([, all]) => all.length > 0),
)('%s', (_, all) => {
  test.each(all)('%s', regex => {
    expect(superlinear(regex)).toBeUndefined()
  })
})
