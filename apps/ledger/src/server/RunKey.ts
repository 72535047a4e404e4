import type { RunName } from '@finetune-kit/store'

/**
 * The key of a run in a URL: its id and the time of its creation. An id that a URL, a router or a
 * browser could take for anything else is encoded. Law: `parse(print(name)) = name`
 */
export const print = ({ id, born }: Required<RunName>): string =>
  `${isSafe.test(id) ? id : `~${Buffer.from(JSON.stringify(id)).toString('base64url')}`}~${born}`

const isSafe = /^[A-Za-z][\w:.-]{0,199}$/

/** The run of a key. Any other text is the id of a run: the newest one that has it. */
export const parse = (key: string): RunName => {
  const [, encoded, encodedBorn] = /^~([\w-]*)~(-?\d{1,16})$/.exec(key) ?? []
  const id = encoded === undefined ? undefined : decoded(encoded)
  if (id !== undefined) return { id, born: Number(encodedBorn) }
  const [, plain = '', born] = /^(.*)~(-?\d{1,16})$/s.exec(key) ?? []
  return isSafe.test(plain) ? { id: plain, born: Number(born) } : { id: key }
}

const decoded = (text: string): string | undefined => {
  try {
    const id: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return typeof id === 'string' ? id : undefined
  } catch {
    return undefined
  }
}
