import avsc from 'avsc'

/** avsc's own reads nothing beyond 2^53 - 2. */
const long = avsc.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => Number(buffer.readBigInt64LE()),
  toBuffer: (n: number) => {
    const buffer = Buffer.alloc(8)
    buffer.writeBigInt64LE(BigInt(n))
    return buffer
  },
  fromJSON: Number,
  toJSON: Number,
  isValid: Number.isSafeInteger,
  compare: (a: number, b: number) => a - b,
})
const parseHook = (schema: avsc.Schema) => avsc.Type.forSchema(schema, { registry: { long } })

export const readByAvsc = (bytes: Uint8Array, readerSchema?: avsc.Schema): Promise<ReadonlyArray<unknown>> =>
  new Promise((resolve, reject) => {
    const decoder = new avsc.streams.BlockDecoder(
      readerSchema === undefined ? { parseHook } : { readerSchema: parseHook(readerSchema), parseHook },
    )
    const found: Array<unknown> = []
    decoder.on('data', value => found.push(value))
    decoder.on('end', () => resolve(found))
    decoder.on('error', reject)
    decoder.end(Buffer.from(bytes))
  })

export const writtenByAvsc = (
  schema: avsc.Schema,
  values: ReadonlyArray<unknown>,
  codec = 'deflate',
): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const encoder = new avsc.streams.BlockEncoder(avsc.Type.forSchema(schema), { codec })
    const parts: Array<Uint8Array> = []
    encoder.on('data', (part: Uint8Array) => parts.push(part))
    encoder.on('end', () => resolve(Uint8Array.from(Buffer.concat(parts))))
    encoder.on('error', reject)
    for (const value of values) encoder.write(value)
    encoder.end()
  })
