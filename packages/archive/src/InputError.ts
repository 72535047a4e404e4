/** Why a program cannot go on, as one sentence for the person who started it. */
export interface InputError {
  readonly _tag: 'Trouble'
  readonly sentence: string
}

export const inputError = (sentence: string): InputError => ({ _tag: 'Trouble', sentence })
