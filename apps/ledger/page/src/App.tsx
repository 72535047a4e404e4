import { link, useRoute } from './Route.ts'
import { Run } from './Run.tsx'
import { Runs } from './Runs.tsx'

export const App = () => {
  const route = useRoute()
  return (
    <>
      <header className="masthead">
        <a className="brand" href={link({ _tag: 'Runs' })}>
          The ledger
        </a>
        <span className="motto">what each fine-tune run is, and what changed</span>
      </header>
      <main>{route._tag === 'Runs' ? <Runs /> : <Run key={route.run} {...route} />}</main>
    </>
  )
}
