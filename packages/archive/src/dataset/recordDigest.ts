import { Canonical } from '@finetune-kit/codec'
import { sha256, sortKeys } from '@finetune-kit/codec/compile'
import { Comparable, type RecordKind } from '@finetune-kit/model'
import * as E from '#fp-ts/Either'

/**
 * The digest of a record's comparable form: a record from the service and the same from a re-saved
 * file, with null for what was absent, have one digest. 128 bits of a SHA-256, in hex.
 */
export const recordDigest = ({ codec }: RecordKind.RecordKind): ((record: unknown) => string) => {
  const formOf = Comparable.of(codec)
  return record => {
    const form = formOf(record)
    // a value without a canonical text, such as a lone surrogate, is compared as it is written, but
    // files have the keys in orders of their own
    const text = E.getOrElse(() => JSON.stringify(sortKeys(form) ?? form))(Canonical.stringify(form))
    return sha256(text).slice(0, digestLength)
  }
}

export const digestLength = 32
