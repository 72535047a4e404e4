import { compileFunction } from './compileFunction.ts'
import { objectLiteral } from './objectLiteral.ts'
import { absent, objectBuilders } from './objectBuilders.ts'
import type { ObjectBuilder } from './compileObjectBuilder.ts'

export { absent }

/** Reads one field from a cursor and advances it. */
export interface FieldReader<C> {
  /** The key, or undefined for a value that is read and dropped. */
  readonly key: string | undefined
  /** Returns the value, or {@link absent}. */
  readonly read: (context: C) => unknown
}

/**
 * Compiles a reader of a record's fields in order. After some uses each field has its own call
 * site, which V8 inlines: half as fast again. Where `isOver` reports that nothing is left to read,
 * the result may be empty and must not be used.
 *
 * @example
 * const row = compileRecordReader<Iterator<number>>(['a', 'b'].map(key => ({ key, read: from => from.next().value })))
 * row([1, 2].values()) // => { a: 1, b: 2 }
 */
export const compileRecordReader = <C>(
  readers: ReadonlyArray<FieldReader<C>>,
  isOver: (context: C) => boolean = () => false,
): ((context: C) => Record<string, unknown>) => {
  const make = objectBuilders(readers.flatMap(({ key }) => key ?? []))
  let uses = 0
  let read: Read<C> = context => {
    if (++uses === worth && readers.length <= maxReaders) read = generated(readers, make) ?? read
    const values: Array<unknown> = []
    for (const reader of readers) {
      const value = reader.read(context)
      if (isOver(context)) return {}
      if (reader.key !== undefined) values.push(value)
    }
    return make(values)
  }
  return context => read(context)
}

type Read<C> = (context: C) => Record<string, unknown>

/** Uses before code is generated: for a short file, compiling takes longer than it saves. */
const worth = 128

/** Fields of a generated reader: each takes a stack slot, and records nest. */
const maxReaders = 32

const generated = <C>(readers: ReadonlyArray<FieldReader<C>>, make: ObjectBuilder): Read<C> | undefined => {
  const names = readers.map((_, i) => i)
  const fields = names.filter(i => readers[i]?.key !== undefined)
  const literal = objectLiteral(
    readers.flatMap(({ key }) => key ?? []),
    i => `v${fields[i]}`,
  )
  if (literal === undefined) return undefined
  const body = `const [${names.map(i => `r${i}`).join(', ')}] = reads
return context => {
${names.map(i => `const v${i} = r${i}(context)`).join('\n')}
if (${fields.map(i => `v${i} === absent`).join(' || ') || false}) return make([${fields.map(i => `v${i}`).join(', ')}])
return ${literal}
}`
  const reads = readers.map(reader => reader.read)
  return compileFunction(body, 'reads', 'make', 'absent')?.(reads, make, absent) as Read<C> | undefined
}
