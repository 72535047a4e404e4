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
 * again, but not one that was refused (503 of a proxy), and it notices no silence. A hidden page
 * has no stream: a browser opens six connections to a server, and a seventh tab would wait for one.
 */
export const liveStream = ({ url, events, onState }: Options): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastId = ''
  let source: EventSource | undefined
  const open = () => {
    const opened = new EventSource(url(lastId))
    source = opened
    opened.addEventListener('open', () => {
      onState('live')
      heard()
    })
    opened.addEventListener('error', () => {
      onState('lost')
      if (opened.readyState === EventSource.CLOSED) openLater()
    })
    const all: typeof events = { heartbeat: () => {}, ...events }
    for (const [name, take] of Object.entries(all))
      opened.addEventListener(name, ({ data, lastEventId }) => {
        lastId = lastEventId || lastId
        heard()
        take(String(data))
      })
    heard()
  }
  const close = () => {
    clearTimeout(timer)
    source?.close()
    source = undefined
  }
  const openLater = () => {
    close()
    // without an event so far, all may have changed meanwhile
    lastId ||= '0'
    timer = setTimeout(open, retryDelay)
  }
  const onVisibility = () => {
    close()
    if (!document.hidden) open()
  }
  const heard = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      onState('lost')
      openLater()
    }, silence)
  }
  onVisibility()
  document.addEventListener('visibilitychange', onVisibility)
  return () => {
    document.removeEventListener('visibilitychange', onVisibility)
    close()
  }
}
