import { everywhere, type OldNames } from './OldNames.ts'

const model = 'packages/model/src/**'

export const modelNames: ReadonlyArray<OldNames> = [
  {
    in: everywhere,
    both: { apiDescription: 'apiSchemaSource' },
    exports: { lateFields: 'requiredByContract' },
  },
  {
    in: model,
    both: {
      Kind: 'RecordKind',
      Converted: 'Conversion',
      described: 'describedRecord',
      plainText: 'decodeBase64IfNeeded',
    },
    exports: {
      Note: 'ConversionNote',
      field: 'describedField',
      entitled: 'describedField',
      isTerminal: 'isTerminalStatus',
      isLater: 'isLaterStatus',
    },
  },
  { in: 'packages/model/src/EventMessage.ts', exports: { of: 'decode', text: 'encode' } },
  { in: 'packages/model/src/Progress.ts', exports: { of: 'progressOf' } },
  { in: 'packages/model/src/{Lint,lint}.ts', exports: { of: 'lint' } },
  { in: 'packages/model/src/RecordKind.ts', exports: { of: 'detect', guess: 'detect' } },
]
