import type { SchemaElement, SchemaTree } from 'hyparquet'

/**
 * The parts of a list: the field that repeats, and the element in it unless the field is the
 * element.
 */
export interface ListType {
  readonly repeated: SchemaTree
  readonly element?: SchemaTree
}

const isMarked = ({ converted_type, logical_type }: SchemaElement, type: 'LIST' | 'MAP'): boolean =>
  converted_type === type ||
  logical_type?.type === type ||
  (type === 'MAP' && converted_type === 'MAP_KEY_VALUE')

/** The one repeated field of an annotated group. */
const repeatedField = ({ element, children }: SchemaTree, type: 'LIST' | 'MAP'): SchemaTree | undefined => {
  const [repeated] = children
  return isMarked(element, type) && children.length === 1 && repeated?.element.repetition_type === 'REPEATED'
    ? repeated
    : undefined
}

/**
 * Recognises a list by the backward-compatibility rules of Apache Parquet, LogicalTypes.md, Lists:
 * the repeated field is the element itself if it is no group, has several fields, repeats inside,
 * or is named `array` or after the list with `_tuple`. Otherwise its only field is the element.
 */
export const listType = (node: SchemaTree): ListType | undefined => {
  const repeated = repeatedField(node, 'LIST')
  if (repeated === undefined) return undefined
  const [element, ...more] = repeated.children
  const { name } = repeated.element
  const isElement =
    element === undefined ||
    more.length > 0 ||
    element.element.repetition_type === 'REPEATED' ||
    name === 'array' ||
    name === `${node.element.name}_tuple`
  return isElement ? { repeated } : { repeated, element }
}

/**
 * Recognises a map, and returns its repeated group of a key and, maybe, a value. "The names …
 * should not be enforced" (LogicalTypes.md, Maps): the first field is the key.
 */
export const mapType = (node: SchemaTree): SchemaTree | undefined => {
  const repeated = repeatedField(node, 'MAP')
  const fields = repeated?.children ?? []
  return fields.length > 0 && fields.length < 3 && fields[0]?.children.length === 0 ? repeated : undefined
}

/** True for a VARIANT with parts of its values in columns of their own. */
export const isShredded = ({ element, children }: SchemaTree): boolean =>
  element.logical_type?.type === 'VARIANT'
    ? children.some(child => child.element.name === 'typed_value')
    : children.some(isShredded)

export const shreddedVariant =
  'a shredded VARIANT, which is not supported. Write it as JSON: CAST(column AS JSON)'
