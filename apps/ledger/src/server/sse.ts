import * as Sse from 'effect/encoding/Sse'
import * as HttpServerResponse from 'effect/http/HttpServerResponse'
import * as Schedule from 'effect/Schedule'
import * as Stream from 'effect/Stream'

/** An event of a stream: its name, its value as JSON, and the id to resume after. */
export interface ServerEvent {
  readonly event: string
  readonly data: unknown
  readonly id?: string
}

/** Seconds between two events that keep a quiet connection open, and tell a reader that it is. */
const heartbeat = 15

/**
 * A response of server-sent events with heartbeats. An error ends the stream: the browser connects
 * again after the id it has.
 */
export const sse = <E>(events: Stream.Stream<ServerEvent, E>): HttpServerResponse.HttpServerResponse => {
  const lines = Stream.map(events, ({ event, data, id }) =>
    Sse.encoder.write({ _tag: 'Event', event, id, data: JSON.stringify(data) }),
  )
  const beats = Stream.map(
    Stream.fromSchedule(Schedule.spaced(`${heartbeat} seconds`)),
    () => 'event: heartbeat\ndata: {}\n\n',
  )
  return HttpServerResponse.stream(Stream.encodeText(Stream.merge(lines, beats, { haltStrategy: 'left' })), {
    contentType: 'text/event-stream',
    headers: { 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  })
}
