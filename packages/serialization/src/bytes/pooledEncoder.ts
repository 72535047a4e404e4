import { bytesOf, writeUtf8 } from './utf8.ts'

/**
 * Encodes texts as UTF-8 in shared memory: for output that is soon copied, allocating each chunk
 * costs several times the encoding.
 */
export const pooledEncoder = (): ((text: string) => Uint8Array) => {
  let room: Uint8Array = new Uint8Array(0)
  let at = 0
  const renew = (): void => {
    room = new Uint8Array(roomSize)
    at = 0
  }
  return text => {
    if (text.length > roomSize / 4) return bytesOf(text)
    if (room.length - at < text.length + character) renew()
    let written = writeUtf8(text, room, at)
    if (room.length - at - written < character) {
      // the end may have found no room
      renew()
      written = writeUtf8(text, room, at)
    }
    at += written
    return room.subarray(at - written, at)
  }
}

const roomSize = 16_384

/** The most bytes of a character. */
const character = 4
