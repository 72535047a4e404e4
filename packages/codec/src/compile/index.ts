/**
 * Generated code and small helpers that the sibling packages share. Outside semver: anything here
 * can change in any release, and the siblings depend on the exact version of this package.
 */

export { compileFunction } from './compileFunction.ts'
export { quote } from './CodeEmitter.ts'
export { type FieldComparison, type FieldVisitor, compileFieldComparison } from './compileFieldComparison.ts'
export { type ObjectBuilder, compileObjectBuilder } from './compileObjectBuilder.ts'
export { type FieldReader, absent, compileRecordReader } from './compileRecordReader.ts'
export * as Exactness from './Exactness.ts'
export { classNameOf, isObject, isPlain, isPlainObject, put } from '../internal/objects.ts'
export { didYouMean } from '../internal/didYouMean.ts'
export { isFormula } from '../internal/isFormula.ts'
export { lazyRecord } from '../internal/lazyRecord.ts'
export { readError } from '../internal/readError.ts'
export { truncate } from '../internal/truncate.ts'
export { utf8Length } from '../internal/utf8Length.ts'
export { sortKeys } from './sortKeys.ts'
export { sha256 } from '../digest/sha256.ts'
