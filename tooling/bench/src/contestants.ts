import { FineTune } from '@finetune-kit/model'
import { Ajv } from 'ajv'
import { ArkErrors } from 'arktype'
import { decodeUnknownExit } from 'effect/SchemaParser'
import { Compile } from 'typebox/compile'
import { safeParse } from 'valibot'
import { arktypeOf } from './peers/arktype.ts'
import { effectOf } from './peers/effect.ts'
import { handwritten } from './peers/handwritten.ts'
import { handwrittenStrict } from './peers/handwrittenStrict.ts'
import { plain } from './peers/ioTs.ts'
import { jsonSchema } from './peers/jsonSchema.ts'
import { valibotOf } from './peers/valibot.ts'
import { zodOf } from './peers/zod.ts'

/** True if the value is a `FineTune`, by each library's usual way to get the checked value. */
export type Contestants = Readonly<Record<string, (u: unknown) => boolean>>

const ioTs = plain(FineTune)
const ajv = new Ajv().compile(jsonSchema(FineTune))
const typebox = Compile(jsonSchema(FineTune))
const zod = zodOf(FineTune)
const valibot = valibotOf(FineTune)
const arktype = arktypeOf(FineTune)
const effect = decodeUnknownExit(effectOf(FineTune))

/** Without typia: it needs a compiler plugin, which TypeScript 7 does not support. */
export const contestants: Contestants = {
  'io-ts': u => ioTs.decode(u)._tag === 'Right',
  'finetune-kit': u => FineTune.decode(u)._tag === 'Right',
  handwritten,
  'handwritten, strict': handwrittenStrict,
  ajv: u => ajv(u),
  typebox: u => typebox.Check(u),
  zod: u => zod.safeParse(u).success,
  valibot: u => safeParse(valibot, u).success,
  arktype: u => !(arktype(u) instanceof ArkErrors),
  'effect Schema': u => effect(u)._tag === 'Success',
}

export const note =
  'handwritten, strict refuses undefined in an optional field, as finetune-kit has to; zod and valibot give copies, effect Schema copies without the unknown keys; ajv, typebox and handwritten only say yes or no; finetune-kit, io-ts and arktype give back the value.'
