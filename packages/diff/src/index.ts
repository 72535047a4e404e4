export type { DecodeError } from '@finetune-kit/codec'
