import { escapeUnprintable } from '@finetune-kit/codec'

/** The most characters of an id: a store takes no longer one, and ids differ at their ends. */
export const maxId = 256

/** The id of a run, or words in its place: a link needs a text. */
export const nameOf = ({ id = '' }: { readonly id?: string | undefined }): string =>
  id.trim() === '' ? 'run without an id' : escapeUnprintable(id, maxId)
