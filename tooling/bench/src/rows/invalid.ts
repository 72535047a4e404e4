import { decode, type DecodeError } from '@finetune-kit/codec'
import { FineTune } from '@finetune-kit/model'
import { Ajv } from 'ajv'
import * as Schema from 'effect/SchemaParser'
import { safeParse } from 'valibot'
import type * as E from '#fp-ts/Either'
import { interleave } from '../interleave.ts'
import { effectOf } from '../peers/effect.ts'
import { plain } from '../peers/ioTs.ts'
import { jsonSchema } from '../peers/jsonSchema.ts'
import { valibotOf } from '../peers/valibot.ts'
import { zodOf } from '../peers/zod.ts'
import { random } from '../random.ts'
import { parsed, recordTexts } from '../records.ts'
import { figuresOf, goalOf, type Row } from '../Row.ts'

type Node = Record<string, unknown>

/** Returns a copy of the record with one value of the wrong type. */
const spoil = (record: unknown, next: () => number): void => {
  const places: Array<readonly [node: Node, key: string]> = []
  const visit = (node: Node): void => {
    for (const key of Object.keys(node)) {
      const value = node[key]
      if (typeof value === 'object' && value !== null) visit(value as Node)
      else if (value !== null) places.push([node, key])
    }
  }
  visit(record as Node)
  const [node, key] = places[Math.floor(next() * places.length)] as [Node, string]
  node[key] = typeof node[key] === 'number' ? 'not a number' : 17.5
}

export const invalidRow: Row = {
  name: 'invalid',
  title: 'decode, invalid: 64 records with one fault each, all errors in hand',
  run: () => {
    const spoilt = parsed(recordTexts(64))
    const next = random(7)
    for (const record of spoilt) spoil(record, next)
    // changing objects in place would leave them with hidden classes that no parser makes
    const records = parsed(spoilt.map(record => JSON.stringify(record)))

    const ioTs = plain(FineTune)
    const readable = decode(FineTune)
    const ajv = new Ajv({ allErrors: true }).compile(jsonSchema(FineTune))
    const zod = zodOf(FineTune)
    const valibot = valibotOf(FineTune)
    const effect = Schema.decodeUnknownExit(effectOf(FineTune), { errors: 'all' })
    const errors: Record<string, (u: unknown) => number> = {
      'io-ts': u => lengthOf(ioTs.decode(u)),
      "finetune-kit, io-ts's errors": u => lengthOf(FineTune.decode(u)),
      'finetune-kit, issues': u => issuesIn(readable(u)),
      ajv: u => (ajv(u) ? 0 : (ajv.errors?.length ?? 0)),
      zod: u => zod.safeParse(u).error?.issues.length ?? 0,
      valibot: u => safeParse(valibot, u).issues?.length ?? 0,
      'effect Schema': u => (effect(u)._tag === 'Failure' ? 1 : 0),
    }
    const jobs = Object.fromEntries(
      Object.entries(errors).map(([name, errorsOf]) => [
        name,
        () => {
          let n = 0
          for (const record of records) n += errorsOf(record) > 0 ? 1 : 0
          if (n !== records.length) throw new Error(`${name} accepted ${records.length - n} invalid records`)
          return n
        },
      ]),
    )
    const ratios = interleave(jobs, { base: 'io-ts' })
    return {
      figures: figuresOf(ratios),
      goals: [
        goalOf("io-ts's own errors, times io-ts", ratios, "finetune-kit, io-ts's errors", 6),
        {
          what: 'issues, times ajv',
          measured: (ratios.get('finetune-kit, issues') as number) / (ratios.get('ajv') as number),
          target: 1,
        },
      ],
      note: "ajv's errors name no found value; the issues of finetune-kit have the path, what was expected and what was found.",
    }
  },
}

const issuesIn = (result: E.Either<DecodeError, unknown>): number =>
  result._tag === 'Left' && result.left._tag === 'Invalid' ? result.left.issues.length : 0

const lengthOf = (result: { readonly _tag: string; readonly left?: ReadonlyArray<unknown> }): number =>
  result._tag === 'Left' ? (result.left?.length ?? 0) : 0
