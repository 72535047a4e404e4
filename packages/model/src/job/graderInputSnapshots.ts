import * as t from 'io-ts'
import { snapshotOf } from '../snapshotOf.ts'
import {
  GraderMessage,
  InputAudio,
  InputImage,
  InputText,
  OutputText,
  PromptCacheBreakpoint,
} from './graderInput.ts'

const atAnyMoment = { description: 'The same at any moment, with null in optional fields.' }

const PartSnapshot = t.union([
  t.string,
  snapshotOf(InputText, {
    ...atAnyMoment,
    replaced: { prompt_cache_breakpoint: snapshotOf(PromptCacheBreakpoint, atAnyMoment) },
  }),
  OutputText,
  snapshotOf(InputImage, atAnyMoment),
  InputAudio,
])

export const GraderMessageSnapshot = snapshotOf(GraderMessage, {
  description: 'A message to a grading model at any moment.',
  replaced: { content: t.union([PartSnapshot, t.array(PartSnapshot)]) },
})
