import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { command, type Environment } from './command.ts'

/** A fresh project of somebody who knows the packages from the registry only. */
export interface Stranger {
  readonly folder: string
  readonly write: (path: string, text: string) => void
  /** Runs a command in the project; a name in .bin is a program that the project installed. */
  readonly run: (name: string, ...args: ReadonlyArray<string>) => Promise<string>
}

export const newStranger = (folder: string, env: Environment): Stranger => {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  write('package.json', '{ "name": "stranger", "private": true, "type": "module" }')
  return {
    folder,
    write,
    run: (name, ...args) =>
      command(name.startsWith('.bin/') ? join(folder, 'node_modules', name) : name, args, {
        cwd: folder,
        env,
      }),
  }
}
