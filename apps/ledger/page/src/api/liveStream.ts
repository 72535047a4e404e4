/** The state of a stream of events. */
export type Live = 'connecting' | 'live' | 'lost'

interface Options {
  /** The address of the stream, to continue after an event with this id. */
  readonly url: (lastId: string) => string
  /** The functions that take the data of events, by the names of these. */
  readonly events: Readonly<Record<string, (data: string) => void>>
  readonly onState: (state: Live) => void
}

/** Milliseconds without an event after which a stream is lost. The server sends one every 15 s. */
const silence = 40_000

/** Milliseconds before a stream that is lost is opened again. */
const retryDelay = 3000

/**
 * Follows events until the function that it returns is called. A browser opens a broken stream
 * again, but not one that was refused (503 of a proxy), and it notices no silence.
 */
export const liveStream = ({ url, events, onState }: Options): (() => void) => {
  let source: EventSource
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastId = ''
  const open = () => {
    source = new EventSource(url(lastId))
    source.addEventListener('open', () => {
      onState('live')
      heard()
    })
    source.addEventListener('error', () => {
      onState('lost')
      if (source.readyState === EventSource.CLOSED) openLater()
    })
    const all: typeof events = { ...events, heartbeat: () => {} }
    for (const [name, take] of Object.entries(all))
      source.addEventListener(name, ({ data, lastEventId }) => {
        lastId = lastEventId || lastId
        heard()
        take(String(data))
      })
    heard()
  }
  const openLater = () => {
    source.close()
    clearTimeout(timer)
    // without an event so far, all may have changed meanwhile
    lastId ||= '0'
    timer = setTimeout(open, retryDelay)
  }
  const heard = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      onState('lost')
      openLater()
    }, silence)
  }
  open()
  return () => {
    clearTimeout(timer)
    source.close()
  }
}
