import type * as fc from 'fast-check'

/** Something that is fuzzed: a property over inputs that a seed determines. */
export interface Target {
  readonly name: string
  /** The number of inputs of one seed: small, so that a seed is soon repeated. */
  readonly runs: number
  readonly property: fc.IRawProperty<unknown>
  /** True if the time decides as well, so that a smaller input cannot be searched for. */
  readonly isTimed?: true
  /** A part that cannot be tried here, with its reason. */
  readonly missing?: string
  /** The reason why it cannot run here, if it cannot. */
  readonly skipped?: string
}

/** A law that an input breaks. */
export const broken = (law: string, ...details: ReadonlyArray<unknown>): never => {
  throw new Error([law, ...details.map(String)].join('\n'))
}
