export type { MarkupOptions, TextOptions } from '../RenderOptions.ts'
export * as Change from './Change.ts'
export { changeHtml } from './changeHtml.ts'
export { changeMarkdown } from './changeMarkdown.ts'
export { changeText } from './changeText.ts'
export {
  type ComparedRun,
  type CompareOptions,
  type ComparisonRow,
  compareRuns,
  type RunComparison,
} from './compareRuns.ts'
export { cellOf, deltaOf } from './comparisonCell.ts'
export { comparisonCsv } from './comparisonCsv.ts'
export { comparisonHtml } from './comparisonHtml.ts'
export { comparisonJson } from './comparisonJson.ts'
export { comparisonMarkdown } from './comparisonMarkdown.ts'
export { type ComparisonTextOptions, comparisonText } from './comparisonText.ts'
export { escapeHtml } from './escapeHtml.ts'
export { type Piece, type Sentence, sentence } from './changeSentence.ts'
export { foldEntries } from './foldEntries.ts'
export { type StoryResources, story } from './story.ts'
export type { StoryEntry } from './StoryEntry.ts'
export { storyText } from './storyText.ts'
