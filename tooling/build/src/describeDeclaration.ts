/** A codec, as the walk below needs it: its facts are kept by the package that made it. */
export type Codec = object

/** The fields of an object codec, each with its description and the object codecs inside it. */
export type Structure = ReadonlyMap<string, DescribedField>

interface DescribedField {
  readonly description: string | undefined
  readonly structures: ReadonlyArray<Structure>
}

/** The description of an exported codec, and the object codecs in it, outermost first. */
export interface DescribedCodec {
  readonly description: string | undefined
  readonly structures: ReadonlyArray<Structure>
}

/**
 * Writes the descriptions of codecs into an emitted declaration file, as doc comments before the
 * constant, its interface and every property of its type literals. Lines stay where they are, so
 * declaration maps stay right.
 *
 * Law: `describe(describe(text)) = describe(text)`.
 */
export const describeDeclaration =
  (codecs: ReadonlyMap<string, DescribedCodec>) =>
  (text: string): string => {
    let out = text
    for (const [name, { description, structures }] of codecs) {
      const start = new RegExp(`^export declare const ${name}: `, 'm').exec(out)
      if (start === null) continue
      const from = start.index + start[0].length
      const end = endOfType(out, from)
      out = out.slice(0, from) + describeType(out.slice(from, end), structures) + out.slice(end)
      for (const keyword of ['declare const', 'interface'])
        out = out.replace(
          new RegExp(`(\\*/\\s*)?^export ${keyword} ${name}\\b`, 'm'),
          (declaration, documented: string | undefined) =>
            documented === undefined ? `${comment(description)}${declaration}` : declaration,
        )
    }
    return out
  }

/** Describes every type literal that is the literal of one of these object codecs. */
const describeType = (type: string, structures: ReadonlyArray<Structure>): string => {
  let out = ''
  let at = 0
  while (at < type.length) {
    const next = skip(type, at)
    if (next > at + 1 || type[at] !== '{') {
      out += type.slice(at, next)
      at = next
      continue
    }
    const end = closing(type, at)
    out += `{${describeMembers(type.slice(at + 1, end), structures)}}`
    at = end + 1
  }
  return out
}

const member = /^(\s*)(\/\*\*(?:[^*]|\*(?!\/))*\*\/\s*)?((?:readonly )?(?:(\w+)|"((?:[^"\\]|\\.)*)")\??: )/

const keyOf = (parts: RegExpExecArray): string => parts[4] ?? parts[5] ?? ''

const describeMembers = (body: string, structures: ReadonlyArray<Structure>): string => {
  const members: Array<{ readonly parts: RegExpExecArray; readonly type: string }> = []
  let rest = body
  for (let parts = member.exec(rest); parts !== null; parts = member.exec(rest)) {
    const end = endOfType(rest, parts[0].length)
    members.push({ parts, type: rest.slice(parts[0].length, end + 1) })
    rest = rest.slice(end + 1)
  }
  const structure = structures.find(fields => members.every(({ parts }) => fields.has(keyOf(parts))))
  const described = members.map(({ parts, type }) => {
    const [, space = '', documented, head = ''] = parts
    const field = structure?.get(keyOf(parts))
    const inner = field?.structures ?? structures
    return `${space}${documented ?? comment(field?.description)}${head}${describeType(type, inner)}`
  })
  return described.join('') + rest
}

const comment = (description: string | undefined): string =>
  description === undefined ? '' : `/** ${description.replaceAll('*/', '*\\/')} */ `

/** The index after the text or comment that starts here, else that of the next character. */
const skip = (text: string, at: number): number => {
  if (text.startsWith('/*', at)) return text.indexOf('*/', at) + 2
  if (text[at] !== '"') return at + 1
  let end = at + 1
  while (text[end] !== '"') end += text[end] === '\\' ? 2 : 1
  return end + 1
}

const closing = (text: string, open: number): number => {
  let depth = 0
  for (let at = open; at < text.length; at = skip(text, at)) {
    if (text[at] === '{') depth += 1
    if (text[at] === '}' && --depth === 0) return at
  }
  return text.length
}

/** The index of the semicolon that ends the type which starts here. */
const endOfType = (text: string, from: number): number => {
  let at = from
  while (at < text.length && text[at] !== ';') at = text[at] === '{' ? closing(text, at) + 1 : skip(text, at)
  return at
}
