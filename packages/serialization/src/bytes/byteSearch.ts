import { nodeModule } from './nodeModule.ts'

const buffer = nodeModule('node:buffer')

/** True if all bytes are below 0x80. */
export const isAscii: (bytes: Uint8Array) => boolean =
  buffer?.isAscii ?? (bytes => bytes.every(c => c < 0x80))

const native: ((this: Uint8Array, byte: number, from: number) => number) | undefined =
  buffer?.Buffer.prototype.indexOf

/**
 * The index of a byte from a start on, -1 if there is none: Node's Buffer method, in a twentieth of
 * the time.
 */
export const indexOf = (bytes: Uint8Array, byte: number, from: number): number =>
  native === undefined ? bytes.indexOf(byte, from) : native.call(bytes, byte, from)
