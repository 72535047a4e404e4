/**
 * True if an error means a stack overflow: V8 and JavaScriptCore throw a RangeError, SpiderMonkey
 * its own.
 */
export const isStackOverflow = (error: unknown): boolean =>
  error instanceof RangeError || (error instanceof Error && error.name === 'InternalError')
