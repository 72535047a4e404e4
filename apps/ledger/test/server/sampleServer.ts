import { decode, draw } from '@finetune-kit/codec'
import { simulateJobs, simulateRuns } from '@finetune-kit/model/testing'
import type * as t from 'io-ts'
import { afterAll, beforeAll, expect } from 'vitest'
import { sample } from './importFiles.ts'
import { inProcess } from './inProcess.ts'

/** The runs of the sample, by which its answers are judged. */
export const fineTunes = Map.groupBy(simulateRuns(), ({ id }) => id)
export const [fineTune = '', snapshots = []] = [...fineTunes][2] ?? []
export const jobs = simulateJobs()
export const job = jobs[2]?.id ?? ''

/** A ledger of the sample, as long as the tests of a file run. */
export const sampleServer = () => {
  let server: Awaited<ReturnType<typeof inProcess>>
  beforeAll(async () => {
    server = await inProcess(sample)
  })
  afterAll(() => server.close())
  return {
    url: () => server.url,
    raw: (path: string) => server.get(path),
    /** The answer, which its codec decodes to itself. */
    get: async <A>(codec: t.Type<A>, path: string): Promise<A> => {
      const { status, body } = await server.get(path)
      const decoded = decode(codec)(body)
      if (decoded._tag === 'Left') throw new Error(`${path}: ${status} ${draw(decoded.left)}`)
      expect(decoded.right).toEqual(body)
      return decoded.right
    },
  }
}
