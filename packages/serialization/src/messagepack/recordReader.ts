import type { DecodeError } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'
import { byteQueue } from '../bytes/ByteQueue.ts'
import { defaultLimits, maxRawBytes, type ReadResult, type RecordFormat } from '../Format.ts'
import { malformedAt } from '../malformedAt.ts'
import { toReadResult } from '../toReadResult.ts'
import { messagePackFacts } from './facts.ts'
import type { MessagePackReader, Read } from './read.ts'
import { type Problem, scanner } from './scan.ts'

/** The steps from bytes to a checked value. */
interface ValueSteps<A> {
  readonly read: MessagePackReader
  readonly accept: (read: Read, offset: number, strict: boolean) => E.Either<DecodeError, A>
}

const { name } = messagePackFacts
const at = malformedAt(name)

/** The reason that a value cannot be read which the scanner accepts. */
export const tooDeep = 'nested deeper than can be read here'

/**
 * Reads a sequence of values from chunked bytes. A value without a JSON equivalent is a reject.
 * Only a byte that starts no value ends the sequence: the next start is unknown.
 */
export const recordReader =
  <A>({ read, accept }: ValueSteps<A>): RecordFormat<A>['reader'] =>
  options => {
    const limits = { ...defaultLimits, ...options }
    const pending = byteQueue()
    const admit = toReadResult<A>(name, limits.maxRecords)
    let scan = scanner(limits)
    // a value takes a byte: a longer record may have too many, which the scanner counts first
    const quickBytes = Math.min(limits.maxRecordBytes, limits.maxValues)
    let isCut = false
    let stopped = false
    let count = 0

    function* reject(reason: string, where: number): Generator<ReadResult<A>> {
      const { offset } = pending
      stopped = true
      // up to the invalid byte, so that it does not depend on chunk boundaries
      const raw = pending.take(Math.min(where + 1, pending.bytes.length, maxRawBytes))
      yield {
        ...admit(
          { offset, record: ++count },
          () => raw,
          () => E.left(at(offset + where, reason)),
        ),
        isFinal: true,
      } as ReadResult<A>
    }
    const result = (size: number, found: Read | undefined, problem?: Problem): ReadResult<A> => {
      const { offset } = pending
      const bytes = pending.take(size)
      return admit(
        { offset, record: ++count },
        () => bytes,
        () => {
          if (problem !== undefined) return E.left(at(offset + problem.at, problem.reason))
          return found === undefined ? E.left(at(offset, tooDeep)) : accept(found, offset, limits.strict)
        },
      )
    }
    function* items(): Generator<ReadResult<A>> {
      while (!stopped && pending.bytes.length > 0) {
        const { bytes } = pending
        // a scan of an incomplete value continues where it stopped
        const quick = isCut ? undefined : read(bytes.subarray(0, quickBytes), limits.maxDepth)
        if (quick !== undefined) {
          yield result(quick.end, quick)
          continue
        }
        const scanned = scan(bytes)
        isCut = scanned === 'more'
        if (scanned === 'more') return
        if (scanned._tag === 'Flaw') {
          yield* reject(scanned.reason, scanned.at)
          return
        }
        scan = scanner(limits)
        const { end, problem } = scanned
        const found = problem === undefined ? read(bytes.subarray(0, end), limits.maxDepth) : undefined
        yield result(end, found, problem)
      }
    }
    return {
      push: bytes => {
        if (stopped) return []
        pending.add(bytes)
        return items()
      },
      end: () =>
        stopped || pending.bytes.length === 0 ? [] : reject('it ends too early', pending.bytes.length),
    }
  }
