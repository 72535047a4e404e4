import { compileFunction } from './compileFunction.ts'
import { objectLiteral } from './objectLiteral.ts'
import { absent, objectBuilders } from './objectBuilders.ts'
import type { ObjectBuilder } from './compileObjectBuilder.ts'

export { absent }

/** How a field of an object is read from something that goes on with each of them. */
export interface FieldReader<C> {
  /** None where something is read that is no field. */
  readonly key: string | undefined
  /** Gives the value, or {@link absent}. */
  readonly read: (context: C) => unknown
}

/**
 * Reads the fields of an object in turn and makes it of them. For one that comes again code is generated, where it may be,
 * in which each field has a call of its own: engines put what is called in its place, which makes reading half as fast again.
 * Where `isOver` says that there is nothing more to read, what is given is of no use, and may be empty.
 *
 * @example
 * const row = compileRecordReader<Iterator<number>>(['a', 'b'].map(key => ({ key, read: from => from.next().value })))
 * row([1, 2].values()) // => { a: 1, b: 2 }
 */
export const compileRecordReader = <C>(
  turns: ReadonlyArray<FieldReader<C>>,
  isOver: (context: C) => boolean = () => false,
): ((context: C) => Record<string, unknown>) => {
  const make = objectBuilders(turns.flatMap(({ key }) => key ?? []))
  let uses = 0
  let read: Read<C> = context => {
    if (++uses === worth && turns.length <= most) read = generated(turns, make) ?? read
    const values: Array<unknown> = []
    for (const turn of turns) {
      const value = turn.read(context)
      if (isOver(context)) return {}
      if (turn.key !== undefined) values.push(value)
    }
    return make(values)
  }
  return context => read(context)
}

type Read<C> = (context: C) => Record<string, unknown>

/** What comes so often is worth a function of its own: of a file of some records it takes longer to make than to do without. */
const worth = 128

/** Each of them has its place on the stack, and what is read may be nested. */
const most = 32

const generated = <C>(turns: ReadonlyArray<FieldReader<C>>, make: ObjectBuilder): Read<C> | undefined => {
  const names = turns.map((_, i) => i)
  const fields = names.filter(i => turns[i]?.key !== undefined)
  const literal = objectLiteral(
    turns.flatMap(({ key }) => key ?? []),
    i => `v${fields[i]}`,
  )
  if (literal === undefined) return undefined
  const body = `const [${names.map(i => `r${i}`).join(', ')}] = reads
return context => {
${names.map(i => `const v${i} = r${i}(context)`).join('\n')}
if (${fields.map(i => `v${i} === absent`).join(' || ') || false}) return make([${fields.map(i => `v${i}`).join(', ')}])
return ${literal}
}`
  const reads = turns.map(turn => turn.read)
  return compileFunction(body, 'reads', 'make', 'absent')?.(reads, make, absent) as Read<C> | undefined
}
