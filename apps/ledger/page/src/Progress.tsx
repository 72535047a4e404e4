import type { Progress } from '@finetune-kit/model'

/** The phase of a run, and its epochs once training has started. */
export const Epochs = ({ progress: { phase, queuePosition, epochs } }: { readonly progress: Progress }) =>
  epochs.done === 0 || epochs.total === null ? (
    <span className="phase">{queuePosition === null ? phase : `queue number ${queuePosition}`}</span>
  ) : (
    <span className="phase">
      <meter min={0} max={epochs.total} value={epochs.done} aria-label="Epochs done" />
      {epochs.done}/{epochs.total}
    </span>
  )
