import { escapeUnprintable } from '@finetune-kit/codec'
import { redact as redacted } from '@finetune-kit/diff'
import { story, storyText } from '@finetune-kit/diff/story'
import * as Command from 'effect/cli/Command'
import * as Effect from 'effect/Effect'
import type * as t from 'io-ts'
import wrapAnsi from 'wrap-ansi'
import { Io, look, print } from '../Io.ts'
import { columnsOf } from '../Output.ts'
import { db } from './db.ts'
import { kind } from './kind.ts'
import { outputStyle } from './outputStyle.ts'
import { prices, readPrices } from './prices.ts'
import { bareRun, inputs, readArchive } from './readArchive.ts'
import { redact } from './redact.ts'
import { json } from './readValue.ts'

/** `finetune log [FILE or RUN…]` */
export const log = Command.make(
  'log',
  {
    inputs,
    db,
    bareRun,
    prices,
    format: outputStyle('How to print the stories'),
    redact,
    kind,
  },
  Effect.fnUntraced(function* ({ prices: pricesFile, format, ...wanted }) {
    const runs = yield* readArchive(wanted)
    const priced = yield* readPrices(pricesFile)
    const options = { redacted: wanted.redact, ...(yield* look) }
    const stories = runs.map(({ id, kind, snapshots, ...resources }) => {
      const entries = story(kind.codec as t.Type<unknown>)(snapshots, { ...resources, ...priced })
      return { run: wanted.redact ? redacted(id) : id, entries }
    })
    if (format === 'json')
      return yield* print(
        json(
          stories.map(({ run, entries }) => ({ run, entries: wanted.redact ? redacted(entries) : entries })),
        ),
      )
    for (const { run, entries } of stories)
      yield* print(
        `run ${escapeUnprintable(JSON.stringify(run))}`,
        wrapped(storyText(entries, options).replace(/^/gm, '  '), columnsOf((yield* Io).stdout)),
      )
    return undefined
  }),
).pipe(
  Command.withDescription(
    'Tells what happened to each run, oldest first. ' +
      'Exit code: 0, 1 if a record is invalid, 2 if there is no run to tell about.',
  ),
  Command.withShortDescription('Tell what happened to each run'),
  Command.withExamples([
    { command: 'finetune log jobs.ndjson' },
    { command: 'finetune log jobs.ndjson ftjob-abc' },
    { command: 'finetune log --db runs.db ftjob-abc' },
    { command: 'finetune log job.json events.json step_metrics.csv --prices prices.json' },
  ]),
)

/** Wraps lines at words to the width of a terminal, below their own indent; to no width elsewhere. */
const wrapped = (text: string, columns: number | undefined): string =>
  columns === undefined
    ? text
    : text.replaceAll(/^( *)(.+)$/gm, (_, indent: string, line: string) =>
        wrapAnsi(line, Math.max(20, columns - indent.length - 2))
          .split('\n')
          .join(`\n${indent}  `)
          .replace(/^/, indent),
      )
