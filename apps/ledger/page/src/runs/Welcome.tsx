import { check, link, watchingRoute } from '../Route.ts'

/** The ways to fill a ledger that has no runs yet. */
export const Welcome = () => (
  <section className="welcome" aria-label="First steps">
    <h2>Every fine-tuning run you have, in one place</h2>
    <ul>
      <li>
        <b>Drop files anywhere on this page</b>, or choose them by “Import files”: runs, events, checkpoints
        and result files, as JSON, NDJSON, CSV, YAML, Parquet, Avro or MessagePack, also compressed.
      </li>
      <li>
        <b>Import from a shell</b> while this page is open, with the <code>--db</code> of this server if it
        has one:
        <pre>finetune import jobs.ndjson</pre>
      </li>
      <li>
        <b>
          <a href={link(watchingRoute())}>Watch a service</a>
        </b>{' '}
        of OpenAI or one that is compatible: its runs arrive here while they train.
      </li>
      <li>
        <b>
          <a href={link(check)}>Check a file</a>
        </b>{' '}
        first: what it is, and what is wrong with it. Nothing leaves the browser.
      </li>
    </ul>
  </section>
)
