/**
 * Names that modules and exports once had. Each has a standard term now and must not come back.
 * Common words are refused only where they stood: a glob of files.
 */
export interface OldNames {
  readonly in: string
  /** Names of files without their extension, each with its new name. */
  readonly files?: Readonly<Record<string, string>>
  readonly exports?: Readonly<Record<string, string>>
  /** Names that were both a file and its export. */
  readonly both?: Readonly<Record<string, string>>
}

const everywhere = '**'
const codec = 'packages/codec/src/**'
const model = 'packages/model/src/**'
const serialization = 'packages/serialization/src/**'
const diff = 'packages/diff/src/**'
const programs = '{apps/*,packages/archive}/src/**'
const page = 'apps/*/page/**'

const codecNames: ReadonlyArray<OldNames> = [
  {
    in: everywhere,
    both: {
      inTurn: 'compileRecordReader',
      makerOf: 'compileObjectBuilder',
      pairwise: 'compileFieldComparison',
      visible: 'escapeUnprintable',
      ofErrors: 'fromErrors',
      objectsOf: 'objectBuilders',
      literalOf: 'objectLiteral',
      grown: 'assignKeys',
      awkward: 'edgeCases',
      ValidatorWalk: 'ValidatorFallback',
    },
    exports: {
      Pairing: 'FieldVisitor',
      Pairwise: 'FieldComparison',
      isKeptBy: 'decodesToItself',
      Judged: 'SchemaLawOptions',
    },
  },
  {
    in: codec,
    both: {
      Known: 'Exactness',
      Part: 'ValidatorPart',
      Emitter: 'CodeEmitter',
      described: 'declaredStructure',
      same: 'deepEqual',
      ordered: 'sortKeys',
      generate: 'compileFunction',
      closest: 'didYouMean',
      sentence: 'issueMessage',
      rebuild: 'mapStructs',
    },
    files: { asking: 'probe' },
    exports: {
      Turn: 'FieldReader',
      Make: 'ObjectBuilder',
      Walk: 'ValidatorFallback',
      carry: 'withStandardSchema',
      emitter: 'codeEmitter',
    },
  },
  { in: 'packages/codec/src/*', files: { sha256: 'digest/noble or digest/node' } },
  { in: 'packages/codec/src/index.ts', exports: { sha256: 'internal to codec' } },
  { in: 'packages/codec/src/digest/*', files: { anywhere: 'noble' } },
  { in: 'packages/codec/src/Validator.ts', exports: { codeGeneration: 'a module of its own' } },
  { in: 'packages/codec/src/Canonical.ts', exports: { text: 'stringify' } },
  {
    in: 'packages/codec/src/testing/**',
    both: { near: 'mutants', Source: 'ValueSource', Edit: 'Mutator', twin: 'withSameIdentity' },
    exports: { Trial: 'LawOptions', Editor: 'Mutator' },
  },
]

const modelNames: ReadonlyArray<OldNames> = [
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

const serializationNames: ReadonlyArray<OldNames> = [
  {
    in: everywhere,
    both: {
      admission: 'toReadResult',
      pooled: 'pooledEncoder',
      assembled: 'assemble',
      shredded: 'shred',
      partsOf: 'splitDocuments',
      underPolicy: 'applyPolicy',
      eachOf: 'flattenLazily',
      FileTrouble: 'FileError',
      fileTrouble: 'fileError',
    },
    files: { gatherer: 'ByteQueue', placer: 'PositionTracker', Stretch: 'Batch' },
    exports: {
      FileBytes: 'RandomAccessFile',
      Gatherer: 'ByteQueue',
      gatherer: 'byteQueue',
      Placer: 'PositionTracker',
      placer: 'positionTracker',
      lender: 'withWriter',
      textBehind: 'lengthPrefixedText',
      Stretch: 'Batch',
      stretchesOf: 'batchResults',
      writtenApart: 'encodeEach',
      joiner: 'concatBatches',
      Unwritable: 'UnencodableRecord',
      WorkerTrouble: 'WorkerError',
      LineTooLong: 'LineTooLongError',
    },
  },
  {
    in: serialization,
    both: {
      Place: 'RecordPosition',
      deadLetter: 'toDeadLetter',
      keeper: 'RecordBuffer',
      sink: 'ByteWriter',
      words: 'StringCache',
      structure: 'RecordSchema',
      fits: 'conforms',
      locate: 'locateJson',
      Policy: 'BadRecordPolicy',
      serve: 'serveBlocks',
      countKeys: 'part of a neighbour',
    },
    exports: {
      Item: 'ReadResult',
      Accepted: 'ReadRecord',
      Records: 'RecordFormat',
      Value: 'ValueFormat',
      defaults: 'defaultLimits',
      maxRaw: 'maxRawBytes',
      Sink: 'ByteWriter',
      Words: 'StringCache',
      Structure: 'RecordSchema',
      structureOf: 'RecordSchema.of',
      fitsOf: 'conforms',
      extra: 'unknownFields',
      written: 'encodeBatch',
      Bad: 'BadRecord',
    },
  },
  {
    in: 'packages/serialization/src/{internal,bytes,schema}/**',
    files: { rows: 'toRow', bytes: 'byteSearch' },
    exports: { take: 'finish' },
  },
  {
    in: 'packages/serialization/src/{avro,messagepack}/**',
    both: { at: 'malformedAt' },
  },
  {
    in: 'packages/serialization/src/avro/**',
    both: { add: 'appendRecord', direct: 'encodeValue', write: 'encodeRow', single: 'singleObject' },
    exports: {
      Add: 'AppendRecord',
      addOf: 'appendRecord',
      Direct: 'EncodeValue',
      directOf: 'encodeValue',
      singleOf: 'singleObject',
      many: 'array',
      entries: 'map',
      word: 'enumSymbol',
      spoil: 'invalidate',
      early: 'unexpectedEnd',
      unread: 'notReady',
    },
  },
  {
    in: 'packages/serialization/src/csv/**',
    files: {
      held: 'PendingRecords',
      part: 'ChildRowReader',
      feed: 'RowQueue',
      sheet: 'TableReader',
      complaints: 'tableErrors',
      count: 'rowCount',
      record: 'flatten',
    },
    exports: {
      Held: 'PendingRecords',
      heldOf: 'PendingRecords',
      partOf: 'ChildRowReader',
      Feed: 'RowQueue',
      feedOf: 'RowQueue',
      Sheet: 'TableReader',
      sheetOf: 'TableReader',
      complaintsOf: 'tableErrors',
      Count: 'RowCount',
      assemble: 'unflatten',
      spread: 'flatten',
    },
  },
  {
    in: 'packages/serialization/src/messagepack/**',
    both: { shapes: 'recordStructures', refusal: 'findUnencodable' },
    exports: { Shapes: 'RecordStructures' },
  },
  {
    in: 'packages/serialization/src/parquet/**',
    both: { kept: 'FileBuffer' },
    files: {
      record: 'assembleRecord',
      leaf: 'convertValue',
      numbers: 'Uint32List',
      runs: 'checkRuns',
      bounds: 'columnStatistics',
      group: 'rowGroup',
      values: 'columnValues',
      steps: 'readRequests',
    },
    exports: {
      recordOf: 'assembleRecord',
      leafOf: 'convertValue',
      Numbers: 'Uint32List',
      numbers: 'uint32List',
      Bounds: 'ColumnStatistics',
      boundsOf: 'columnStatistics',
      groupOf: 'rowGroup',
      Values: 'ColumnValues',
      valuesOf: 'columnValues',
      Span: 'ByteRange',
      ask: 'request',
      cut: 'splitMetadata',
      joined: 'joinMetadata',
      lost: 'unreadableFrom',
    },
  },
  { in: 'packages/serialization/src/yaml/**', files: { flaws: 'precheck' } },
]

const diffNames: ReadonlyArray<OldNames> = [
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

const programNames: ReadonlyArray<OldNames> = [
  {
    in: everywhere,
    both: {
      anyKind: 'anyKindCodec',
      anyKindIn: 'codecForInput',
      judgeOf: 'kindDetector',
      kindIn: 'detectKindInFile',
      opened: 'openInput',
      unpacked: 'decompress',
      inPlace: 'readAt',
      isUnread: 'isBrokenPipe',
      peeked: 'peek',
      spooled: 'spoolToTempFile',
      inJobs: 'readInWorkers',
      archived: 'readArchive',
      ignoring: 'ignorePaths',
      several: 'pluralize',
      guarded: 'secure',
      listening: 'httpServer',
      refused: 'errorResponse',
      useAnswer: 'useApi',
    },
    files: { toNdjson: 'part of a neighbour' },
  },
  {
    in: programs,
    both: {
      Trouble: 'CliError',
      Rejects: 'RejectReport',
      lean: 'limitV8Compilers',
      supported: 'nodeVersion',
    },
    files: {
      formatOf: 'detectFormat',
      input: 'readInput or openInput',
      place: 'inputName',
      Answers: 'responses',
    },
    exports: {
      trouble: 'cliError',
      items: 'readItems',
      whole: 'readWhole',
      reading: 'tryReading',
      Refusal: 'ErrorBody',
    },
  },
  {
    in: 'apps/*/src/commands/**',
    both: {
      one: 'readJsonFile',
      sides: 'runPairs',
      family: 'recordType',
      formats: 'diffOutputs',
    },
  },
  {
    in: '{apps/*/src,packages/archive/src}/{,convert/}*',
    both: {
      apart: 'assertDistinctFiles',
      source: 'openSource',
      conversion: 'convertFile',
    },
    files: { bad: 'badRecords' },
    exports: { Choice: 'BadRecordOption' },
  },
  {
    in: 'apps/*/src/server/**',
    both: { ledger: 'app', load: 'loadArchive' },
    exports: { usual: 'defaultPort' },
  },
  {
    in: page,
    both: {
      News: 'ChangeList',
      Brief: 'CellValue',
      Standing: 'RunStatus',
      Shared: 'CommonValues',
      Waiting: 'Loading',
      Title: 'ColumnHeader',
      Sheet: 'RecordFields',
    },
    files: { contract: 'recordConfig' },
    exports: { telling: 'distinct' },
  },
]

export const oldNames: ReadonlyArray<OldNames> = [
  ...codecNames,
  ...modelNames,
  ...serializationNames,
  ...diffNames,
  ...programNames,
]
