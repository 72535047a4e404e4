import { escapeUnprintable } from '@finetune-kit/codec'

/** The id of a run, or words in its place: a link needs a text. */
export const nameOf = ({ id = '' }: { readonly id?: string | undefined }): string =>
  id.trim() === '' ? 'run without an id' : escapeUnprintable(id, 60)
