import { Component, type ReactNode } from 'react'
import { allRuns, link } from './Route.ts'

interface Props {
  readonly children: ReactNode
}

interface State {
  readonly failed: boolean
}

/** Shows a sentence in place of a view that cannot be drawn. React asks for a class. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false }

  static getDerivedStateFromError(): State {
    return { failed: true }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <div role="alert" className="trouble">
        <p>This view cannot be drawn. The record is unchanged.</p>
        <a href={link(allRuns)}>All runs</a>
      </div>
    )
  }
}
