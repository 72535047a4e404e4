/** A file with the line of a record, or with its number where the format has no lines. */
export const placeText = (
  file: string,
  { line, record }: { readonly line?: number; readonly record?: number },
): string => {
  if (record !== undefined) return `${file}: record ${record}`
  return line === undefined ? file : `${file}:${line}`
}
