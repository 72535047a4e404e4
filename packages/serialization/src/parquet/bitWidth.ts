/** Number of bits of whole numbers up to `max`. */
export const bitWidth = (max: number): number => 32 - Math.clz32(max)
