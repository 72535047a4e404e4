import { spawn } from 'node:child_process'
import * as Effect from 'effect/Effect'

/** Opens an address in the browser of this desktop. Nothing happens where there is none. */
export const openBrowser = (address: string): Effect.Effect<void> =>
  Effect.sync(() => {
    const [program, ...args] =
      process.platform === 'darwin'
        ? ['open']
        : process.platform === 'win32'
          ? ['cmd', '/c', 'start', '']
          : ['xdg-open']
    const child = spawn(program ?? '', [...args, address], { stdio: 'ignore', detached: true })
    child.on('error', () => {})
    child.unref()
  })
