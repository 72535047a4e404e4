import { escapeUnprintable } from '@finetune-kit/codec'

/** The reason why an action failed, if it did. */
export const ActionError = ({ error }: { readonly error: Error | null }) =>
  error !== null && (
    <span role="alert" className="bad">
      {escapeUnprintable(error.message, 600)}
    </span>
  )
