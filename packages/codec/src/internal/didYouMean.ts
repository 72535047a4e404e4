/**
 * The word that was probably meant: at most two letters apart, or different only in case and
 * separators.
 */
export const didYouMean = (word: string, among: ReadonlyArray<string>): string | undefined => {
  if (word.length > 60) return undefined
  const plain = bare(word)
  const [best] = among
    .map(candidate => ({ candidate, apart: bare(candidate) === plain ? 0 : distance(word, candidate) }))
    .filter(({ apart }) => apart <= (word.length < 4 ? 1 : 2))
    .toSorted((a, b) => a.apart - b.apart)
  return best?.candidate
}

const bare = (word: string): string => word.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

/** The number of letters to add, remove or replace (Levenshtein distance). */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
