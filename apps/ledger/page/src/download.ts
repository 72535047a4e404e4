/** Saves bytes as a file of the reader. */
export const download = (name: string, mediaType: string, bytes: Uint8Array<ArrayBuffer>): void => {
  const url = URL.createObjectURL(new Blob([bytes], { type: mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // the browser has taken the bytes once the click was handled
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
