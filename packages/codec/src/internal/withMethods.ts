import type * as t from 'io-ts'

/** A copy of a codec with other methods; `annotate` adds its `decode`. */
export const withMethods = (
  codec: t.Any,
  methods: Partial<Pick<t.Any, 'is' | 'validate' | 'encode'>>,
): t.Any =>
  Object.assign(
    Object.create(Object.getPrototypeOf(codec) as object, Object.getOwnPropertyDescriptors(codec)) as t.Any,
    methods,
  )
