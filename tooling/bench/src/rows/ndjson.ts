import { FineTune } from '@finetune-kit/model'
import { Ndjson } from '@finetune-kit/serialization'
import { interleave } from '../interleave.ts'
import { inPieces, reading } from '../pass.ts'
import { recordTexts } from '../records.ts'
import { figuresOf, type Row } from '../Row.ts'

export const ndjsonRow: Row = {
  name: 'ndjson',
  title: 'NDJSON in pieces of 64 KiB, checked records out: 2,000 of them, one thread',
  run: () => {
    const pieces = inPieces(new TextEncoder().encode(`${recordTexts(2000).join('\n')}\n`))
    const ratios = interleave(
      {
        'split + JSON.parse only': () => {
          const decoder = new TextDecoder()
          let rest = ''
          let n = 0
          for (const piece of pieces) {
            const lines = (rest + decoder.decode(piece, { stream: true })).split('\n')
            rest = lines.pop() as string
            for (const line of lines) if (JSON.parse(line) !== null) n++
          }
          return n
        },
        'finetune-kit': reading(Ndjson.of(FineTune), pieces),
      },
      { base: 'split + JSON.parse only', sample: 20, rounds: 25 },
    )
    return {
      figures: figuresOf(ratios),
      goals: [
        {
          what: 'of split + JSON.parse only',
          measured: ratios.get('finetune-kit') as number,
          target: 0.9,
        },
      ],
      note: 'the base checks nothing: not the records, not UTF-8, not depth, range or size',
    }
  },
}
