import { Component, lazy, type ReactNode } from 'react'
import { allRuns, link } from './Route.ts'

interface Props {
  readonly children: ReactNode
}

interface State {
  readonly error?: unknown
}

/** A part of the page that the server does not have, or did not send. */
class LoadError extends Error {}

/** A view that is loaded when it is opened. A browser asks for one that failed only once. */
export const lazyView = <P extends object>(load: () => Promise<(props: P) => ReactNode>) =>
  lazy(async () => {
    const view = await load().catch((cause: unknown) => {
      throw new LoadError('a view was not loaded', { cause })
    })
    return { default: view }
  })

/** Shows a sentence in place of a view that cannot be drawn. React asks for a class. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = {}

  static getDerivedStateFromError(error: unknown): State {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return (
      <div role="alert" className="trouble">
        <p>
          {error instanceof LoadError
            ? 'This view did not load. The server does not answer, or it has a newer page than this one.'
            : 'This view cannot be drawn. The record is unchanged.'}
        </p>
        <div className="actions">
          <button type="button" className="button" onClick={() => location.reload()}>
            Reload the page
          </button>
          <a href={link(allRuns)}>All runs</a>
        </div>
      </div>
    )
  }
}
