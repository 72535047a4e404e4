import * as t from 'io-ts'

/** The codec inside wrappers, which add nothing to a context. */
export const bareType = (type: t.Decoder<any, any>): t.Decoder<any, any> =>
  type instanceof t.RefinementType ||
  type instanceof t.ReadonlyType ||
  type instanceof t.ExactType ||
  type instanceof t.RecursiveType
    ? bareType(type.type as t.Any)
    : type
