import { KeyBinding, type Watcher } from '@finetune-kit/watch'
import * as Effect from 'effect/Effect'
import { type LedgerError, ledgerError } from '../../LedgerError.ts'

/** The services that this server may ask, each by the key that it was given for it. */
export interface Services {
  readonly keys: ReadonlyArray<KeyBinding.KeyBinding>
  readonly serves: Required<Watcher.WatcherOptions>['serves']
  readonly clientOf: Watcher.WatcherOptions['clientOf']
  /** Makes the watches that are there from the start. */
  readonly begin: (watcher: Watcher.Watcher) => Effect.Effect<unknown, { readonly message: string }>
}

const withKeys = (keys: ReadonlyArray<KeyBinding.KeyBinding>): Services => ({
  keys,
  ...KeyBinding.watcherOptions(keys),
  begin: () => Effect.void,
})

export const noServices: Services = withKeys([])

/** The services of `--api-key-env`, or the reason why one of them is none. */
export const servicesOf = (flags: ReadonlyArray<string>): Effect.Effect<Services, LedgerError> =>
  Effect.gen(function* () {
    const keys: Array<KeyBinding.KeyBinding> = []
    for (const flag of flags) {
      const key = KeyBinding.parse(flag)
      if (key._tag === 'Left') return yield* Effect.fail(ledgerError(key.left.message))
      const { keyName } = key.right
      if (keys.some(other => other.keyName === keyName))
        return yield* Effect.fail(
          ledgerError(
            `--api-key-env: ${keyName} is named twice. A key goes to one base URL only; pass it once.`,
          ),
        )
      keys.push(key.right)
    }
    return withKeys(keys)
  })
