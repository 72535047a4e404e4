import type * as t from 'io-ts'
import { ChatExample } from './ChatExample.ts'
import { CompletionExample } from './CompletionExample.ts'
import { PreferenceExample } from './PreferenceExample.ts'
import { ReinforcementExample } from './ReinforcementExample.ts'

/** A documented form of a line of a training file. */
export interface TrainingForm {
  readonly name: 'chat' | 'completion' | 'preference' | 'reinforcement'
  readonly codec: t.Mixed
}

type Fields = Readonly<Record<string, unknown>>

const forms = {
  chat: { name: 'chat', codec: ChatExample },
  completion: { name: 'completion', codec: CompletionExample },
  preference: { name: 'preference', codec: PreferenceExample },
  reinforcement: { name: 'reinforcement', codec: ReinforcementExample },
} as const satisfies Record<TrainingForm['name'], TrainingForm>

/** All forms. */
export const all: ReadonlyArray<TrainingForm> = Object.values(forms)

/**
 * The form that a line looks like, whatever else is wrong with it; undefined if it looks like none.
 * A conversation that does not end with an assistant message is one for reinforcement.
 *
 * @example
 * TrainingRow.detect({ prompt: 'Ship?', completion: 'Orion' })?.name // => 'completion'
 */
export const detect = (row: unknown): TrainingForm | undefined => {
  if (typeof row !== 'object' || row === null || 'object' in row) return undefined
  const fields = row as Fields
  if ('preferred_output' in fields || 'non_preferred_output' in fields) return forms.preference
  if ('prompt' in fields && 'completion' in fields) return forms.completion
  const { messages } = fields
  if (!Array.isArray(messages)) return undefined
  const last = messages.at(-1) as Fields | null | undefined
  return last?.['role'] === 'assistant' ? forms.chat : forms.reinforcement
}
