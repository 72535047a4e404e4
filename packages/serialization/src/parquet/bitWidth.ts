/** Number of bits of integers up to `max`. */
export const bitWidth = (max: number): number => 32 - Math.clz32(max)
