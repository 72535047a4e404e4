import { codeGeneration, isCodeGenerationAllowed } from './codeGeneration.ts'

/**
 * Compiles a function body, or returns `undefined` where generating code is forbidden. Keys and
 * literals are quoted in the body; all other values are passed as arguments.
 */
export const compileFunction = (body: string, ...names: ReadonlyArray<string>): Function | undefined => {
  if (!isCodeGenerationAllowed()) return undefined
  try {
    // oxlint-disable-next-line no-implied-eval, no-new-func -- the body is built by this package
    return new Function(...names, body)
  } catch (error) {
    // the stack is nearly full: a later call can succeed
    if (error instanceof RangeError) throw error
    // a policy forbids it: one attempt is enough
    codeGeneration(false)
    return undefined
  }
}
