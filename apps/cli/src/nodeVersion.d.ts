/**
 * Why this Node cannot run the programs of this folder, if it cannot. It is asked before anything else is loaded, so
 * that the answer is this sentence and not what goes wrong first.
 */
export declare const unsupportedNode: (version: string) => string | undefined
//# sourceMappingURL=nodeVersion.d.ts.map
