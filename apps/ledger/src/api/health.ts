import { record } from '@finetune-kit/codec'
import * as t from 'io-ts'

/** `GET /healthz`: the server and its database answer. */
export const Health = record('Health', { status: t.literal('ok') })
export interface Health extends t.TypeOf<typeof Health> {}
