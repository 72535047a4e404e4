/**
 * True if a key of its own is needed although it is optional: io-ts reads what every object
 * inherits under this name, such as `constructor`, and the guard of the field refuses that.
 */
export const refusesInherited = (key: string, is: (u: unknown) => boolean): boolean =>
  key in Object.prototype && !is(Reflect.get({}, key))
