import type { ReactNode } from 'react'
import { ErrorBoundary } from '../ErrorBoundary.tsx'

interface Props {
  readonly name: string
  readonly children: ReactNode
}

/** A part of a view under its heading. One that cannot be drawn leaves the others. */
export const Section = ({ name, children }: Props) => (
  <section className="part" aria-label={name}>
    <h2>{name}</h2>
    <ErrorBoundary>{children}</ErrorBoundary>
  </section>
)
