/**
 * Makes the primitive of a path from effect's `Primitive.String`: a shell completes its names, and
 * it is passed on as it was typed. `Primitive.Path` looks for the file, and makes `-` and a pattern
 * the absolute path of one.
 */
export const pathPrimitive = <P extends object>(string: P): P =>
  Object.assign(Object.create(string) as P, { _tag: 'Path', pathType: 'either' })
