import { escapeUnprintable } from '@finetune-kit/codec'
import { allRuns, link } from './Route.ts'
import { useTitle } from './useTitle.ts'

/** The answer to a link that leads to no view. */
export const NotFound = (route: { readonly link: string }) => {
  useTitle('Not found')
  return (
    <>
      <h1>Not found</h1>
      <div role="alert" className="trouble">
        <p>{escapeUnprintable(route.link, 200)}: no such view. Check the link.</p>
        <a href={link(allRuns)}>All runs</a>
      </div>
    </>
  )
}
