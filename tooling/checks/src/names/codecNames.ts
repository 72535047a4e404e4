import { everywhere, type OldNames } from './OldNames.ts'

const codec = 'packages/codec/src/**'

export const codecNames: ReadonlyArray<OldNames> = [
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
