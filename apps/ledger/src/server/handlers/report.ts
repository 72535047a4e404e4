import { report } from '@finetune-kit/report'
import type { Store } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as HttpApiBuilder from 'effect/http-api/HttpApiBuilder'
import * as HttpServerResponse from 'effect/http/HttpServerResponse'
import { api } from '../../api/definition/api.ts'
import { answer } from '../ApiError.ts'
import { attachment } from '../attachment.ts'
import { comparedRuns } from './comparedRuns.ts'

/** A run, or a comparison of several, as one HTML file: that of `finetune report`. */
export const reportHandlers = (store: Store) =>
  HttpApiBuilder.group(api, 'report', handlers =>
    handlers.handleAll({
      file: ({ query: { run: keys, baseline: key, redact } }) =>
        answer(
          Effect.map(comparedRuns(store, keys, key), ({ runs, baseline }) => {
            const html = report(
              runs.map(({ id, kind, snapshots, resources }) => ({
                ...resources,
                id,
                kind,
                snapshots: snapshots.map(({ value }) => value),
                seenAt: snapshots.map(({ seenAt }) => seenAt),
              })),
              { redacted: redact === 'true', baseline },
            )
            // saved, not shown: its style is inline, which the policy of the page does not allow
            return HttpServerResponse.text(html, {
              contentType: 'text/html; charset=utf-8',
              headers: attachment(fileName(runs)),
            })
          }),
        ),
    }),
  )

/** The name of the file: the id of the only run, as far as file systems take it. */
const fileName = ([only, ...others]: ReadonlyArray<{ readonly id: string }>): string => {
  const id = others.length === 0 ? (only?.id.replaceAll(/[^\w-]+/g, '_').slice(0, 100) ?? '') : ''
  return `${id === '' ? 'runs' : id}.html`
}
