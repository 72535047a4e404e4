import { useInfiniteQuery } from '@tanstack/react-query'
import { Failure, Loading } from '../Answer.tsx'
import { MoreButton } from '../MoreButton.tsx'
import { useTitle } from '../useTitle.ts'
import { ConnectionCard } from './ConnectionCard.tsx'
import { NewConnectionForm } from './NewConnectionForm.tsx'
import { connectionList } from './queries.ts'
import './watching.css'

/** Services that are watched, and their runs. */
export const Watching = ({ state }: { readonly state: string }) => {
  useTitle('Watching', state)
  const list = useInfiniteQuery(connectionList)
  if (list.isPending) return <Loading />
  if (list.data === undefined) return <Failure error={list.error} />
  const connections = list.data.pages.flatMap(page => page.connections)
  const keys = list.data.pages[0]?.keys ?? []
  return (
    <>
      <h1>Watching</h1>
      {list.isError && <Failure error={list.error} />}
      <p className="lead">
        Services that are asked for news of their runs, again and again. Nothing is ever changed there.
      </p>
      {connections.map(connection => (
        <ConnectionCard key={connection.id} connection={connection} state={state} />
      ))}
      <MoreButton
        noun="services"
        left={list.hasNextPage ? undefined : 0}
        isLoading={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
      <section className="connection" aria-label="New connection">
        <h2>{connections.length === 0 ? 'Watch a service' : 'Watch another service'}</h2>
        <NewConnectionForm keys={keys} />
      </section>
    </>
  )
}
