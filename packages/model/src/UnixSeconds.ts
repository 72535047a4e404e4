import { annotate, Integer } from '@finetune-kit/codec'

/** A moment, as whole seconds since 1970-01-01T00:00:00Z. */
export const UnixSeconds = annotate(Integer, {
  title: 'UnixSeconds',
  description: 'A moment, as whole seconds since 1970-01-01T00:00:00Z.',
  unit: 'Unix seconds',
})
