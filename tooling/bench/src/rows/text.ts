import { FineTune } from '@finetune-kit/model'
import { interleave } from '../interleave.ts'
import { plain } from '../peers/ioTs.ts'
import { recordTexts } from '../records.ts'
import { figuresOf, type Row } from '../Row.ts'

export const textRow: Row = {
  name: 'text',
  title: 'text in, checked value out: 1,000 records',
  run: () => {
    const texts = recordTexts(1000)
    const ioTs = plain(FineTune)
    const over = (accepts: (u: unknown) => boolean) => () => {
      let n = 0
      for (const text of texts) if (accepts(JSON.parse(text))) n++
      return n
    }
    const ratios = interleave(
      {
        'JSON.parse alone': over(u => u !== null),
        'finetune-kit': over(u => FineTune.decode(u)._tag === 'Right'),
        'io-ts': over(u => ioTs.decode(u)._tag === 'Right'),
      },
      { base: 'JSON.parse alone', sample: 20 },
    )
    return {
      figures: figuresOf(ratios),
      goals: [{ what: 'of JSON.parse alone', measured: ratios.get('finetune-kit') as number, target: 0.94 }],
    }
  },
}
