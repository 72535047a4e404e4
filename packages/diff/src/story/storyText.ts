import { timestamp } from '../internal/humanize.ts'
import type { TextOptions } from '../RenderOptions.ts'
import { changeText } from './changeText.ts'
import { foldEntries } from './foldEntries.ts'
import type { StoryEntry } from './StoryEntry.ts'

/**
 * Draws a story for a terminal or a log: each entry with its time, and below it one line a change.
 * Entries in a row that tell the same again are one.
 */
export const storyText = (entries: ReadonlyArray<StoryEntry>, options: TextOptions = {}): string =>
  foldEntries(entries)
    .map(({ at, snapshot, changes }) => {
      // the dates say how much later it is
      const news = changes.filter(({ _tag }) => _tag !== 'TimestampChanged')
      const lines = changeText(news.length > 0 ? news : changes, options).split('\n')
      return [
        at === null ? `snapshot ${(snapshot ?? 0) + 1}` : timestamp(at),
        ...lines.map(line => `  ${line}`),
      ].join('\n')
    })
    .join('\n')
