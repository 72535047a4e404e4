import { escapeUnprintable } from '@finetune-kit/codec'
import type { RunDetail } from '../../../src/api/run.ts'
import { RunCurves } from '../chart/RunCurves.tsx'
import { escapeLines } from '../escapeLines.ts'
import { Moment } from '../Moment.tsx'
import { pluralize } from '../pluralize.ts'
import type { RecordConfig } from '../recordConfig.ts'
import { go, link, replace, type RunRoute, runRoute } from '../Route.ts'
import { Checkpoints } from './Checkpoints.tsx'
import { EventLog } from './EventLog.tsx'
import { Life } from './Life.tsx'
import { RecordCards } from './RecordCards.tsx'
import { Section } from './Section.tsx'

interface Props {
  readonly run: RunDetail
  readonly config: RecordConfig
  readonly route: RunRoute
}

/** A run as it stands: its life, curves, settings, checkpoints and events. */
export const Overview = ({ run, config, route }: Props) => {
  const { record, progress, lints, sources } = run
  const { level, ...others } = route
  return (
    <>
      {progress.failure !== null && (
        <p className="failure">{escapeLines(progress.failure.message ?? progress.failure.code ?? '')}</p>
      )}
      <Section name="Life">
        <Life progress={progress} />
      </Section>
      <Section name="Learning curves">
        <RunCurves
          run={run}
          choice={route.charts}
          onChoice={(charts, isTyped) => (isTyped ? replace : go)({ ...route, charts })}
        />
      </Section>
      {lints.length > 0 && (
        <Section name="Oddities">
          <ul className="lints">
            {lints.map(({ path, message }) => (
              <li key={path + message}>
                <code>{escapeUnprintable(path, 200)}</code> {escapeUnprintable(message, 500)}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section name="Settings and files">
        <RecordCards fields={config.fields} record={record} />
        {run.left_out > 0 && (
          <p className="none">
            Cut or left out here: {pluralize(run.left_out, 'value')}. The{' '}
            <a href={link({ ...runRoute(run.key), part: 'record' })}>record</a> has all.
          </p>
        )}
      </Section>
      <Checkpoints run={run} />
      <EventLog
        run={run}
        level={level === '' ? null : level}
        onLevel={chosen => go({ ...others, ...(chosen === undefined ? {} : { level: chosen ?? '' }) })}
      />
      <Section name="Where it was seen">
        <ul className="sources">
          {sources.map(({ name, first_seen_at, last_seen_at }) => (
            <li key={name}>
              <code>{escapeUnprintable(name, 400)}</code> <Moment seconds={first_seen_at} isExact />
              {last_seen_at !== first_seen_at && (
                <>
                  {' '}
                  to <Moment seconds={last_seen_at} isExact />
                </>
              )}
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}
