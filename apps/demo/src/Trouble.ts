/** Why a program cannot go on, as one sentence for the person who started it. */
export interface Trouble {
  readonly _tag: 'Trouble'
  readonly sentence: string
}

export const trouble = (sentence: string): Trouble => ({ _tag: 'Trouble', sentence })
