import { everywhere, type OldNames } from './OldNames.ts'

const diff = 'packages/diff/src/**'

export const diffNames: ReadonlyArray<OldNames> = [
  {
    in: everywhere,
    both: {
      guideOf: 'codecNavigator',
      sameJson: 'jsonEquals',
      valueKey: 'structuralKey',
      sequenceEdits: 'listEdits',
    },
    exports: {
      Difference: 'DeltaOps',
      Historian: 'HistoryOps',
      Patching: 'JsonPatchOps',
      MergePatching: 'MergePatchOps',
      Merging: 'MergeOps',
      Teller: 'ChangeRule',
      departures: 'removedEvents',
    },
  },
  {
    in: diff,
    both: {
      Place: 'FieldPath',
      inert: 'escapeForLog',
      compare: 'compareRuns',
      marked: 'highlight',
      words: 'wordDiff',
      matching: 'itemMatching',
      checked: 'decodeResult',
      perform: 'applyOperations',
      batched: 'withRope',
      Merger: 'mergeValue',
      leaves: 'recordLines',
      arrivals: 'addedEvents',
    },
    files: { amount: 'humanize', sequence: 'alignLists' },
    exports: {
      moment: 'timestamp',
      count: 'pluralize',
      grouped: 'number',
      Moment: 'StoryEntry',
      Lossy: 'LossyPatch',
      Tape: 'OperationLog',
      Comparison: 'RunComparison',
      Leaf: 'RecordLine',
      align: 'alignLists',
      tell: 'emit',
      Fate: 'ItemOutcome',
      Guide: 'CodecNavigator',
      settle: 'mergeValue',
      Sides: 'ThreeWay',
      Scene: 'RecordPair',
      saying: 'withMessage',
      reckoned: 'derived',
    },
  },
  { in: 'packages/diff/src/{index,story,story/index}.ts', exports: { duration: 'internal to diff' } },
]
