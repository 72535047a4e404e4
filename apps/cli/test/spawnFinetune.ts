import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Ended } from './runFinetune.ts'

/** The program, from its source. */
export const program = fileURLToPath(new URL('../src/finetune.ts', import.meta.url))

/** Flags of the Node that runs it. */
export const nodeFlags = ['--conditions=@finetune-kit/source']

/** Starts the program in a process of its own: for signals, pipes, devices and threads. */
export const startFinetune = (
  folder: string,
  args: ReadonlyArray<string>,
  env: Readonly<Record<string, string>> = {},
): ChildProcessWithoutNullStreams => {
  const child = spawn(process.execPath, [...nodeFlags, program, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
  })
  child.stdin.on('error', () => {}) // a program may end before it has read all
  return child
}

/** Runs the program to its end. */
export const spawnFinetune = async (
  folder: string,
  args: ReadonlyArray<string>,
  { stdin = '', env }: { readonly stdin?: string | Uint8Array; readonly env?: Record<string, string> } = {},
): Promise<Ended> => {
  const child = startFinetune(folder, args, env)
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', piece => (stdout += piece))
  child.stderr.on('data', piece => (stderr += piece))
  child.stdin.end(stdin)
  const [code] = await once(child, 'close')
  return { code: code as number, stdout, stderr }
}
