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
  ResultMetrics.of(text).problems.map(({ line, column, reason }) => `${line} ${column ?? '-'}: ${reason}`)

describe('ResultMetrics.of', () => {
  test('ResultMetrics.of reads the file of a fine-tune, with -1 and nothing as null', () => {
    const { columns, rows, problems } = ResultMetrics.of(legacy)
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

  test('ResultMetrics.of reads the file of a job', () => {
    expect(ResultMetrics.of(modern)).toMatchObject({
      rows: [{ step: 1, values: { train_loss: 8e-5, train_accuracy: 0.45, valid_loss: null } }],
      problems: [],
    })
  })

  test.each([
    ['on one line', (base64: string) => base64],
    ['with a line end', (base64: string) => `${base64}\n`],
    ['broken into lines', (base64: string) => base64.replaceAll(/.{20}/g, '$&\r\n')],
  ])('ResultMetrics.of reads base64 %s as the file itself', (_, written) => {
    const base64 = Buffer.from(modern).toString('base64')
    expect(ResultMetrics.of(written(base64))).toEqual(ResultMetrics.of(modern))
  })

  test.each([
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('ResultMetrics.of takes %s as the end of a line', (_, end) => {
    expect(ResultMetrics.of(legacy.replaceAll('\n', end))).toEqual(ResultMetrics.of(legacy))
  })

  test('ResultMetrics.of skips a byte order mark and empty lines, and counts them', () => {
    expect(ResultMetrics.of('\ufeffstep,train_loss\n\n1,2\n\n\n2,3').rows).toEqual([
      { line: 3, step: 1, values: { step: 1, train_loss: 2 } },
      { line: 6, step: 2, values: { step: 2, train_loss: 3 } },
    ])
  })

  test('ResultMetrics.of takes a row without a step', () => {
    const { rows, problems } = ResultMetrics.of('step,valid_loss\n1,0.5\n,0.4\n')
    expect(rows.map(row => row.step)).toEqual([1, null])
    expect(problems).toEqual([])
  })

  test('ResultMetrics.of keeps -1 where it is a number, and unknown columns as they are', () => {
    expect(ResultMetrics.of('step,temperature,note,__proto__\n-1,-1,rye,3\n').rows[0]).toEqual({
      line: 2,
      step: -1,
      values: JSON.parse('{"step":-1,"temperature":-1,"note":"rye","__proto__":3}'),
    })
  })

  test('ResultMetrics.of keeps what is not a number and says where', () => {
    const text = 'step,train_loss\none,nan\n2,0x10\n3,Infinity\n4,1e999\n'
    expect(ResultMetrics.of(text).rows.map(row => row.values['train_loss'])).toEqual([
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

  test('ResultMetrics.of keeps the cells of ragged rows and says where', () => {
    const text = 'step,train_loss\n1\n2,3,4\n'
    expect(ResultMetrics.of(text).rows.map(row => row.values)).toEqual([
      { step: 1, train_loss: null },
      { step: 2, train_loss: 3, 'column 3': 4 },
    ])
    expect(drawn(text)).toEqual(['2 -: 1 cells, and 2 columns', '3 -: 3 cells, and 2 columns'])
  })

  test('ResultMetrics.of names a column by its number where the header does not', () => {
    const text = 'step,,step\n1,2,3\n'
    expect(ResultMetrics.of(text).rows[0]?.values).toEqual({ step: 1, 'column 2': 2, 'column 3': 3 })
    expect(drawn(text)).toEqual([
      '1 column 2: the column has no name',
      '1 column 3: another column is called "step" too',
    ])
  })

  test('ResultMetrics.of keeps the rows before a quote that is never closed', () => {
    const text = 'step,train_loss\n1,2\n"2,3\n'
    expect(ResultMetrics.of(text).rows).toHaveLength(1)
    expect(drawn(text)).toEqual([
      '3 -: not CSV: Quote Not Closed: the parsing is finished with an opening quote at line 3',
    ])
  })

  test.each(['', '\n\n', 'step'])('ResultMetrics.of finds no row in %j', text => {
    expect(ResultMetrics.of(text)).toMatchObject({ rows: [], problems: [] })
  })

  test('ResultMetrics.of never throws, and keeps every number that was written', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void ResultMetrics.of(text)))
    const losses = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }), { minLength: 1 })
    fc.assert(
      fc.property(losses, losses => {
        const text = ['step,train_loss', ...losses.map((loss, i) => `${i},${loss}`)].join('\n')
        const { rows } = ResultMetrics.of(text)
        expect(rows.map(row => row.values['train_loss'])).toEqual(losses.map(loss => Number(String(loss))))
      }),
    )
  })
})
