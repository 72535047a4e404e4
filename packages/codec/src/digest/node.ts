interface Crypto {
  readonly hash: (algorithm: 'sha256', text: string) => string
}
declare const process: { readonly getBuiltinModule: (name: 'node:crypto') => Crypto }

let crypto: Crypto | undefined

/** As Node has it, several times as fast as any other. It is asked for late, for it takes a while to load. */
export const digest = (text: string): string => {
  crypto ??= process.getBuiltinModule('node:crypto')
  return crypto.hash('sha256', text)
}
