import { Canonical } from '@finetune-kit/codec'
import canonicalize from 'canonicalize'
import { interleave } from '../interleave.ts'
import { parsed, recordTexts } from '../records.ts'
import { figuresOf, goalOf, type Row } from '../Row.ts'

const encoder = new TextEncoder()

export const canonicalRow: Row = {
  name: 'canonical',
  title: 'canonical JSON to bytes: 500 records',
  run: () => {
    const records = parsed(recordTexts(500))
    const to = (text: (u: unknown) => string | undefined) => () =>
      records.reduce<number>((n, record) => n + encoder.encode(text(record)).length, 0)
    const ratios = interleave(
      {
        canonicalize: to(u => canonicalize(u)),
        'JSON.stringify': to(u => JSON.stringify(u)),
        'finetune-kit': to(u => {
          const text = Canonical.stringify(u)
          return text._tag === 'Right' ? text.right : undefined
        }),
      },
      { base: 'canonicalize', sample: 10, rounds: 25 },
    )
    return {
      figures: figuresOf(ratios),
      goals: [
        {
          what: 'of JSON.stringify',
          measured: (ratios.get('finetune-kit') as number) / (ratios.get('JSON.stringify') as number),
          target: 0.9,
        },
        goalOf('of canonicalize', ratios, 'finetune-kit', 3.8),
      ],
      note: 'JSON.stringify orders no keys',
    }
  },
}
