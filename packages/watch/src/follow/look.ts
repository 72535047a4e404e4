import { hash } from 'node:crypto'
import { draw } from '@finetune-kit/codec'
import { EventMessage, hasEnded, type Observation, observe, type Run } from '@finetune-kit/model'
import { eventKeys } from '@finetune-kit/store'
import * as Clock from 'effect/Clock'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import type { Client } from '../client/Client.ts'
import type { Page } from '../client/pages.ts'
import type { ServiceError } from '../client/ServiceError.ts'
import type { KnownItems } from './KnownItems.ts'
import { resultFiles } from './resultFiles.ts'

export interface LookOptions<E> {
  readonly known: KnownItems<E>
  /** The fingerprint of the snapshot before; undefined if there is none. */
  readonly before: string | undefined
  /** The run, if it was just read. */
  readonly run?: Run | undefined
}

/** The state of a run at a service, and what is new about it. */
export interface Look {
  readonly run: Run
  readonly fingerprint: string
  readonly hasChanged: boolean
  /** The snapshot if it has changed, then new events, oldest first, checkpoints and result files. */
  readonly observations: ReadonlyArray<Observation>
  /** Those for a store, which counts equal events without ids: all of a list are among them. */
  readonly forStore: ReadonlyArray<Observation>
  /** The keys of the new items, by which they are known from now on. */
  readonly keys: ReadonlyArray<string>
  /** True if the run does not change any more. Such a run is read whole, whatever is known. */
  readonly hasEnded: boolean
  /** Ids of result files that the run lists and the service does not have yet. */
  readonly missingFiles: ReadonlyArray<string>
  /** Records that are not what they should be, in words. */
  readonly odd: ReadonlyArray<string>
}

/** A short text that stands for a snapshot, by its JSON text. */
export const fingerprintOf = (text: string): string => hash('sha1', text, 'base64')

/** True for the id of a legacy fine-tune. */
const isFineTuneId = (id: string): boolean => id.startsWith('ft-')

/**
 * Looks at a run: first at the run itself, then at its events, so that the events of its end are
 * among them. Nothing is lost if a look fails: the next one finds it.
 */
export const look = <E>(
  client: Client,
  id: string,
  { known, before, run: listed }: LookOptions<E>,
): Effect.Effect<Look, ServiceError | E> =>
  Effect.gen(function* () {
    const run: Run = listed ?? (yield* isFineTuneId(id) ? client.fineTune(id) : client.job(id))
    const fingerprint = fingerprintOf(JSON.stringify(run))
    const ended = hasEnded(run)
    const odd: Array<string> = []
    const isThorough = ended || before === undefined
    const events = yield* eventsOf(run, id, { client, known, isThorough, odd })
    const checkpoints =
      !isFineTuneId(id) && (isThorough || events.fresh.some(mentionsCheckpoint))
        ? yield* newItems(ifListed(client.checkpoints(id)), { client, known, odd })
        : []
    const { files, missing } = yield* resultFiles(client, run, known)
    const seenAt = Math.floor((yield* Clock.currentTimeMillis) / 1000)
    const hasChanged = fingerprint !== before
    const observationsWith = (written: ReadonlyArray<unknown>) =>
      [...(hasChanged ? [run] : []), ...written, ...checkpoints, ...files].map(
        observe({ seenAt, source: client.source, runId: id }),
      )
    return {
      run,
      fingerprint,
      hasChanged,
      observations: observationsWith(events.fresh),
      forStore: observationsWith(events.counted),
      keys: [...events.keys, ...checkpoints.map(item => item.id), ...files.map(({ name }) => name)],
      hasEnded: ended,
      missingFiles: missing,
      odd,
    }
  })

const mentionsCheckpoint = (event: unknown): boolean =>
  /checkpoint/i.test(String((event as { readonly message?: unknown }).message))

/** True for the first event of a run. */
const tellsOfCreation = (event: unknown): boolean =>
  EventMessage.decode(String((event as { readonly message?: unknown } | undefined)?.message))._tag ===
  'Created'

/** The new events of a run, oldest first. */
interface NewEvents {
  readonly fresh: ReadonlyArray<unknown>
  readonly keys: ReadonlyArray<string>
  /** Those for a store: all of them, where they have no ids and one is new. */
  readonly counted: ReadonlyArray<unknown>
}

/** A legacy snapshot of OpenAI holds its events itself. */
const eventsOf = <E>(
  run: Run,
  id: string,
  options: ListOptions<E>,
): Effect.Effect<NewEvents, ServiceError | E> => {
  const { client } = options
  if (!isFineTuneId(id)) {
    const list = client.events(id)
    return Effect.map(newItems(client.dialect === 'compatible' ? ifListed(list) : list, options), fresh => ({
      fresh,
      keys: fresh.map(event => event.id),
      counted: fresh,
    }))
  }
  return 'events' in run && Array.isArray(run.events)
    ? Effect.succeed({ fresh: [], keys: [], counted: [] })
    : newLegacyEvents(id, options)
}

const newLegacyEvents = <E>(id: string, { client, known, odd }: ListOptions<E>) =>
  Effect.gen(function* () {
    const pages = yield* Stream.runCollect(client.fineTuneEvents(id))
    const events = pages.flatMap(goodOf(odd))
    const keys = eventKeys(events)
    const have = yield* known(keys)
    const isNew = (_: unknown, i: number) => !have.has(keys[i] as string)
    const fresh = events.filter(isNew)
    return { fresh, keys: keys.filter(isNew), counted: fresh.length === 0 ? [] : events }
  })

const goodOf =
  (odd: Array<string>) =>
  <A>(page: Page<A>): ReadonlyArray<A> =>
    page.flatMap(item => {
      if (item._tag === 'Right') return [item.right]
      odd.push(draw(item.left.error))
      return []
    })

interface ListOptions<E> extends Pick<LookOptions<E>, 'known'> {
  readonly client: Client
  readonly odd: Array<string>
  /** Default: true. */
  readonly isThorough?: boolean
}

/**
 * The items of a list that are not known, oldest first; those of one second in the order in which
 * the service wrote them. Unless it is read whole, it is read up to a page with a known item, where
 * the newest come first.
 */
const newItems = <A extends Dated, E>(
  list: Stream.Stream<Page<A>, ServiceError>,
  { client, known, odd, isThorough = true }: ListOptions<E>,
): Effect.Effect<ReadonlyArray<A>, ServiceError | E> =>
  Effect.suspend(() => {
    const found: Array<A> = []
    const ends: Array<Dated> = []
    return list.pipe(
      Stream.mapEffect(page => {
        const items = goodOf(odd)(page)
        ends.push(...items.slice(0, 1), ...items.slice(-1))
        return Effect.map(known(items.map(({ id }) => id)), ids => {
          for (const item of items) if (!ids.has(item.id)) found.push(item)
          return !isThorough && ids.size > 0 && isNewestFirst(items, false)
        })
      }),
      Stream.takeUntil(isDone => isDone),
      Stream.runDrain,
      Effect.map(() => {
        // all of one second: a compatible service may have either order
        const isReversed = client.dialect !== 'compatible' || tellsOfCreation(ends.at(-1))
        const written = isNewestFirst(ends, isReversed) ? found.toReversed() : found
        return written.toSorted((a, b) => a.created_at - b.created_at)
      }),
    )
  })

/** A list of a run, empty where the service has no such list: not all have events or checkpoints. */
const ifListed = <A>(list: Stream.Stream<A, ServiceError>): Stream.Stream<A, ServiceError> =>
  Stream.suspend(() => {
    let isListed = false
    return list.pipe(
      Stream.tap(() => Effect.sync(() => void (isListed = true))),
      Stream.catchIf(
        ({ kind }) => kind === 'NotFound' && !isListed,
        () => Stream.empty,
      ),
    )
  })

interface Dated {
  readonly id: string
  readonly created_at: number
}

const isNewestFirst = (items: ReadonlyArray<Dated>, otherwise: boolean): boolean => {
  const difference = (items[0]?.created_at ?? 0) - (items.at(-1)?.created_at ?? 0)
  return difference === 0 ? otherwise : difference > 0
}
