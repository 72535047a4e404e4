/** Number of optional or repeated fields, and of repeated fields, around a value. */
export interface Levels {
  readonly definition: number
  readonly repetition: number
}
