interface Modules {
  readonly 'node:buffer': typeof import('node:buffer')
  readonly 'node:zlib': typeof import('node:zlib')
}

/**
 * A module of Node, looked up at run time: a static import would keep the package from running in
 * browsers. Undefined where there is none, or where a runtime only throws, as Next.js does on the
 * edge.
 */
export const nodeModule = <Name extends keyof Modules>(name: Name): Modules[Name] | undefined => {
  try {
    return globalThis.process?.getBuiltinModule?.(name) as Modules[Name] | undefined
  } catch {
    return undefined
  }
}
