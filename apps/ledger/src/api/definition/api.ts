import * as HttpApi from 'effect/http-api/HttpApi'
import * as OpenApi from 'effect/http-api/OpenApi'
import { changes } from './changes.ts'
import { compare } from './compare.ts'
import { connections } from './connections.ts'
import { exports } from './export.ts'
import { health } from './health.ts'
import { imports } from './imports.ts'
import { report } from './report.ts'
import { RequestErrors } from './RequestErrors.ts'
import { runs } from './runs.ts'
import { describeCodecs } from './schemaOf.ts'
import { watches } from './watches.ts'

/** The API of the ledger, a group for each resource. */
export const api = HttpApi.make('ledger')
  .add(runs, compare, report, changes, imports, exports, connections, watches, health)
  .middleware(RequestErrors)
  .annotateMerge(
    OpenApi.annotations({
      title: 'The ledger of finetune-kit',
      description: 'Every fine-tuning run you have, from a database.',
      transform: describeCodecs,
    }),
  )
