import { bytesOf } from './utf8.ts'

/**
 * Makes bytes of texts, in UTF-8, in memory that some of them share: for what is written piece by piece and soon copied, memory for
 * each piece costs several times what encoding it does.
 */
export const pooled = (): ((text: string) => Uint8Array) => {
  let room: Uint8Array = new Uint8Array(0)
  return text => {
    if (text.length > roomSize / 4) return bytesOf(text)
    // at least a byte for each unit; should that not be enough, all of it is written again
    if (room.length < text.length) room = new Uint8Array(roomSize)
    let { read, written } = encoder.encodeInto(text, room)
    if (read < text.length) {
      room = new Uint8Array(roomSize)
      ;({ read, written } = encoder.encodeInto(text, room))
    }
    const bytes = room.subarray(0, written)
    room = room.subarray(written)
    return bytes
  }
}

const encoder = new TextEncoder()
const roomSize = 16_384
