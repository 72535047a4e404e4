import type { Issue } from '@finetune-kit/codec'

/** Something odd about a record that decodes: its reader may want to know. */
export interface Warning {
  readonly path: Issue['path']
  readonly message: string
}
