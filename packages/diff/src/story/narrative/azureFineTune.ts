import { type AzureFineTune, fromAzure } from '@finetune-kit/model'
import { fineTune } from './fineTune.ts'
import type { Narrator } from './Narrator.ts'

/** Narrates Azure's fine-tunes as the records that OpenAI's service would have sent. */
export const azureFineTune: Narrator<AzureFineTune> = {
  comparable: run => fineTune.comparable(fromAzure(run).value),
  rules: fineTune.rules.map(
    rule => pair => rule({ ...pair, a: fromAzure(pair.a).value, b: fromAzure(pair.b).value }),
  ),
  before: run => fineTune.before(fromAzure(run).value),
  firstSeen: (run, seenAt) => fineTune.firstSeen(fromAzure(run).value, seenAt),
  stage: run => fineTune.stage(fromAzure(run).value),
  lastKnown: run => fineTune.lastKnown(fromAzure(run).value),
  events: run => fineTune.events(fromAzure(run).value),
}
