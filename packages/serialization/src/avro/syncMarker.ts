export const markerSize = 16

/** Indices at which the bytes differ from the marker. */
export const differences = (bytes: Uint8Array, marker: Uint8Array): ReadonlyArray<number> =>
  Array.from(bytes, (_, i) => i).filter(i => bytes[i] !== marker[i])

/** Index of the first marker in the bytes, or -1. */
export const findMarker = (marker: Uint8Array, bytes: Uint8Array): number => {
  const first = marker[0] as number
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1))
    if (marker.every((byte, i) => bytes[at + i] === byte)) return at
  return -1
}
