/** Reverses a short list in place, faster than the method, which is made for long ones. */
export const reverse = (items: Array<unknown>): void => {
  for (let i = 0, j = items.length - 1; i < j; i++, j--) {
    const item = items[i]
    items[i] = items[j]
    items[j] = item
  }
}
