/** False under `--disable-proto=throw` of Node: generated code reads the prototype of an object. */
const canReadPrototype = (): boolean => {
  try {
    Reflect.get({}, '__proto__')
    return true
  } catch {
    return false
  }
}

let allowed = canReadPrototype()

/**
 * Allows or forbids generated code for every codec of the process. Default: allowed.
 *
 * Call it with `false` at start-up, before anything is decoded, on a page whose Content Security
 * Policy forbids `new Function`: not even an attempt is then reported. Results stay the same.
 */
export const codeGeneration = (isAllowed: boolean): void => {
  allowed = isAllowed
}

/** True if code may be generated. */
export const isCodeGenerationAllowed = (): boolean => allowed
