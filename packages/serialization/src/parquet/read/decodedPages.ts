import type { SchemaTree } from 'hyparquet'
import { parsers } from './convertPhysical.ts'
import type { ChunkMetadata, Page } from './pages.ts'
import { valueDecoder, type ValueReader } from './pageValues.ts'
import type { RunValues } from './readRuns.ts'

export interface DecodedPage {
  /** Number of entries. */
  readonly length: number
  /** Returns the value of the next entry that has one. */
  readonly next: ValueReader
  /** Levels of the entries, unless all are the same. */
  readonly definition: RunValues | undefined
  readonly repetition: RunValues | undefined
}

/** Decodes the pages of a column, one at a time. */
export function* decodedPages(
  schemaPath: Array<SchemaTree>,
  chunk: ChunkMetadata,
  pages: Iterable<Page>,
): Generator<DecodedPage, undefined> {
  const element = (schemaPath.at(-1) as SchemaTree).element
  const decoder = valueDecoder({
    ...chunk,
    pathInSchema: chunk.path_in_schema,
    schemaPath,
    element,
    parsers,
  })
  for (const page of pages) {
    if (page._tag === 'Dictionary') decoder.dictionary(page.bytes(), page.length)
    else {
      const { definition, repetition, encoded } = page.content()
      yield { length: page.length, next: decoder.page(encoded), definition, repetition }
    }
  }
}
