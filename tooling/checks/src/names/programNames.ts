import { everywhere, type OldNames } from './OldNames.ts'

const programs = '{apps/*,packages/archive}/src/**'
const page = 'apps/*/page/**'

export const programNames: ReadonlyArray<OldNames> = [
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
