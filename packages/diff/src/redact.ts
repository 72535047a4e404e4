import { isPlainObject, put } from '@finetune-kit/codec/compile'
import { isArray } from './internal/json.ts'

// keys of the API and of its sessions, and ids of organizations; each takes time linear in the
// text. Before a secret, the letter at the end of an escape is none of a word. What stands before
// is looked at last: at every letter, a long text would take ten times as long.
const secret =
  /(sk|sess|org)-(?<=(?:^|[^A-Za-z0-9]|\\[bfnrt]|\\u[\da-fA-F]{4}|%[\da-fA-F]{2}|~[01]|\[[\d;]*m)\1-)[A-Za-z0-9_-]+/g

/**
 * Hides the secrets in the texts and keys of a value: API keys (`sk-…`), session keys (`sess-…`)
 * and organization ids (`org-…`). The value is not touched, nor are instances of classes. Any
 * depth.
 *
 * @example
 * redact({ message: 'Incorrect API key: sk-Tomato123' }) // => { message: 'Incorrect API key: sk-…' }
 */
export const redact = <A>(value: A): A => {
  const out: { '': unknown } = { '': undefined }
  const todo: Array<readonly [from: unknown, into: object, key: string]> = [[value, out, '']]
  /** The copies so far: an object that is held twice, or by itself, is copied once. */
  const copies = new Map<unknown, object>()
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const [from, into, key] = next
    const known = copies.get(from)
    if (known !== undefined) put(into as never, key, known)
    else if (isArray(from)) {
      const copy: Array<unknown> = []
      copies.set(from, copy)
      put(into as never, key, copy)
      copy.length = from.length
      from.forEach((item, i) => todo.push([item, copy, String(i)]))
    } else if (isPlainObject(from)) {
      const copy = {}
      copies.set(from, copy)
      put(into as never, key, copy)
      // the copy gets its keys at once, so that they stay in order
      const named = Object.keys(from).map(k => [k, redactText(k)] as const)
      for (const [, name] of named) put(copy, name, undefined)
      for (const [k, name] of named) todo.push([from[k], copy, name])
    } else put(into as never, key, typeof from === 'string' ? redactText(from) : from)
  }
  return out[''] as A
}

const redactText = (text: string): string => text.replace(secret, '$1-…')
