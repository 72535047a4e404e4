import { ResultMetrics } from '@finetune-kit/model/results'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const legacy = [
  'step,elapsed_tokens,elapsed_examples,training_loss,training_sequence_accuracy,training_token_accuracy,validation_loss,classification/accuracy,classification/f1.0',
  '1,228,4,1.157,0.0,0.5,1.065,-1,-1.0',
  '2,392,8,1.209,0.0,0.44,,,',
].join('\n')

const modern = 'step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy\n1,8e-05,0.45,,\n'

const drawn = (text: string) =>
  ResultMetrics.parse(text).problems.map(({ line, column, reason }) => `${line} ${column ?? '-'}: ${reason}`)

const seconds = (zeros: number): number => {
  const text = `step,train_loss\n1,${'0'.repeat(zeros)}e\n`
  const start = process.cpuUsage()
  ResultMetrics.parse(text)
  return process.cpuUsage(start).user / 1_000_000
}

describe('ResultMetrics.parse', () => {
  test('ResultMetrics.parse reads the file of a fine-tune, with -1 and nothing as null', () => {
    const { columns, rows, problems } = ResultMetrics.parse(legacy)
    expect(columns).toHaveLength(9)
    expect(problems).toEqual([])
    expect(rows).toEqual([
      {
        line: 2,
        step: 1,
        values: {
          step: 1,
          elapsed_tokens: 228,
          elapsed_examples: 4,
          training_loss: 1.157,
          training_sequence_accuracy: 0,
          training_token_accuracy: 0.5,
          validation_loss: 1.065,
          'classification/accuracy': null,
          'classification/f1.0': null,
        },
      },
      {
        line: 3,
        step: 2,
        values: {
          step: 2,
          elapsed_tokens: 392,
          elapsed_examples: 8,
          training_loss: 1.209,
          training_sequence_accuracy: 0,
          training_token_accuracy: 0.44,
          validation_loss: null,
          'classification/accuracy': null,
          'classification/f1.0': null,
        },
      },
    ])
  })

  test('ResultMetrics.parse reads the file of a job', () => {
    expect(ResultMetrics.parse(modern)).toMatchObject({
      rows: [{ step: 1, values: { train_loss: 8e-5, train_accuracy: 0.45, valid_loss: null } }],
      problems: [],
    })
  })

  test.each([
    ['on one line', (base64: string) => base64],
    ['with a line end', (base64: string) => `${base64}\n`],
    ['broken into lines', (base64: string) => base64.replaceAll(/.{20}/g, '$&\r\n')],
  ])('ResultMetrics.parse reads base64 %s as the file itself', (_, written) => {
    const base64 = Buffer.from(modern).toString('base64')
    expect(ResultMetrics.parse(written(base64))).toEqual(ResultMetrics.parse(modern))
  })

  test.each([
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('ResultMetrics.parse takes %s as the end of a line', (_, end) => {
    expect(ResultMetrics.parse(legacy.replaceAll('\n', end))).toEqual(ResultMetrics.parse(legacy))
  })

  test('ResultMetrics.parse skips a byte order mark and empty lines, and counts them', () => {
    expect(ResultMetrics.parse('\ufeffstep,train_loss\n\n1,2\n\n\n2,3').rows).toEqual([
      { line: 3, step: 1, values: { step: 1, train_loss: 2 } },
      { line: 6, step: 2, values: { step: 2, train_loss: 3 } },
    ])
  })

  test('ResultMetrics.parse takes a row without a step', () => {
    const { rows, problems } = ResultMetrics.parse('step,valid_loss\n1,0.5\n,0.4\n')
    expect(rows.map(row => row.step)).toEqual([1, null])
    expect(problems).toEqual([])
  })

  test('ResultMetrics.parse keeps -1 where it is a number, and unknown columns as they are', () => {
    expect(ResultMetrics.parse('step,temperature,note,__proto__\n-1,-1,rye,3\n').rows[0]).toEqual({
      line: 2,
      step: -1,
      values: JSON.parse('{"step":-1,"temperature":-1,"note":"rye","__proto__":3}'),
    })
  })

  test('ResultMetrics.parse keeps what is not a number and says where', () => {
    const text = 'step,train_loss\none,nan\n2,0x10\n3,Infinity\n4,1e999\n'
    expect(ResultMetrics.parse(text).rows.map(row => row.values['train_loss'])).toEqual([
      'nan',
      '0x10',
      'Infinity',
      '1e999',
    ])
    expect(drawn(text)).toEqual([
      '2 step: "one" is not a number',
      '2 train_loss: "nan" is not a number',
      '3 train_loss: "0x10" is not a number',
      '4 train_loss: "Infinity" is not a number',
      '5 train_loss: "1e999" is not a number',
    ])
  })

  test('ResultMetrics.parse keeps the cells of ragged rows and says where', () => {
    const text = 'step,train_loss\n1\n2,3,4\n'
    expect(ResultMetrics.parse(text).rows.map(row => row.values)).toEqual([
      { step: 1, train_loss: null },
      { step: 2, train_loss: 3, 'column 3': 4 },
    ])
    expect(drawn(text)).toEqual(['2 -: expected 2 cells, found 1', '3 -: expected 2 cells, found 3'])
  })

  test('ResultMetrics.parse names a column by its number where the header does not', () => {
    const text = 'step,,step\n1,2,3\n'
    expect(ResultMetrics.parse(text).rows[0]?.values).toEqual({ step: 1, 'column 2': 2, 'column 3': 3 })
    expect(drawn(text)).toEqual([
      '1 column 2: the column has no name',
      '1 column 3: another column is called "step" too',
    ])
  })

  test('ResultMetrics.parse keeps the rows before a quote that is never closed', () => {
    const text = 'step,train_loss\n1,2\n"2,3\n'
    expect(ResultMetrics.parse(text).rows).toHaveLength(1)
    expect(drawn(text)).toEqual([
      '3 -: not CSV: Quote Not Closed: the parsing is finished with an opening quote at line 3',
    ])
  })

  test.each(['', '\n\n', 'step'])('ResultMetrics.parse finds no row in %j', text => {
    expect(ResultMetrics.parse(text)).toMatchObject({ rows: [], problems: [] })
  })

  test('ResultMetrics.parse never throws, and keeps every number that was written', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void ResultMetrics.parse(text)))
    const losses = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }), { minLength: 1 })
    fc.assert(
      fc.property(losses, losses => {
        const text = ['step,train_loss', ...losses.map((loss, i) => `${i},${loss}`)].join('\n')
        const { rows } = ResultMetrics.parse(text)
        expect(rows.map(row => row.values['train_loss'])).toEqual(losses.map(loss => Number(String(loss))))
      }),
    )
  })

  test.each<readonly [string, string, string]>([
    [
      'HTML',
      '<!DOCTYPE html>\n<html><body>Sign in</body></html>',
      'HTML, not CSV. Download the file again with an API key.',
    ],
    [
      'JSON',
      '{ "error": { "message": "No such File object" } }',
      'JSON, not CSV. If it is an error response, download the file again.',
    ],
    [
      "Python's bytes",
      "b'step,train_loss\\n1,2.5\\n'",
      "Python's text of bytes (b'…'), not CSV. Write the bytes themselves to the file.",
    ],
    [
      'base64url',
      Buffer.from('step,train_loss\n1,2.5\n2,2.4>>>???').toString('base64url'),
      'base64url, not CSV. Decode it first.',
    ],
    [
      'semicolons',
      'step;train_loss\n1;2,5\n',
      'cells are separated by semicolons. Save the file with commas.',
    ],
    ['tabs', 'step\ttrain_loss\n1\t2.5\n', 'cells are separated by tabs. Save the file with commas.'],
  ])('ResultMetrics.parse says that it was given %s', (_, text, reason) => {
    for (const given of [text, `\ufeff \n${text}`])
      expect(ResultMetrics.parse(given)).toEqual({
        columns: [],
        rows: [],
        problems: [{ line: 1, column: null, reason }],
      })
  })

  test.each(['Not Found', 'city,country\nRiga,LV\n', 'H4sIAAAAAAAA'])(
    'ResultMetrics.parse says that %j is no result file',
    text => {
      expect(drawn(text)).toContain('1 -: the header has no column of a result file, such as step')
    },
  )

  test('ResultMetrics.parse reads the rewards of reinforcement, -1 too', () => {
    expect(ResultMetrics.parse('step,train_mean_reward,valid_mean_reward\n1,-1,no\n')).toMatchObject({
      rows: [{ values: { train_mean_reward: -1 } }],
      problems: [{ column: 'valid_mean_reward' }],
    })
  })

  test('ResultMetrics.parse takes time linear in the length of a cell', () => {
    seconds(80_000) // compiles the patterns
    // ten times the length: a quadratic pattern would take a hundred times as long
    expect(seconds(800_000)).toBeLessThan(40 * Math.max(seconds(80_000), 0.01))
  })
})
