let allowed = true

/**
 * Whether code may be generated, `true` unless said otherwise. Say `false` at start-up, before anything is decoded,
 * where `new Function` is forbidden (a page with the policy `script-src 'self'`) and not even an attempt should
 * be reported. Everything then takes its slower way, with the same answers.
 */
export const codeGeneration = (isAllowed: boolean): void => {
  allowed = isAllowed
}

/** The function of a generated body, or `undefined` where generating is forbidden. Keys and literals are quoted in it. */
export const compileFunction = (body: string, ...names: ReadonlyArray<string>): Function | undefined => {
  if (!allowed) return undefined
  try {
    // oxlint-disable-next-line no-implied-eval, no-new-func -- the text is the house's own
    return new Function(...names, body)
  } catch (error) {
    if (error instanceof RangeError) throw error // the stack is nearly full: another time
    allowed = false // forbidden, without being told: one attempt is enough
    return undefined
  }
}
