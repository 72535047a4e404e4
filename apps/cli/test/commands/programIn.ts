import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../src/finetune.ts', import.meta.url))

/** The command line, run in a folder; and files in it. */
export const programIn = (folder: string) => ({
  program,
  finetune: async (args: ReadonlyArray<string>, input: string | Uint8Array = '', env = {}) => {
    const child = spawn(process.execPath, ['--conditions=@finetune-kit/source', program, ...args], {
      cwd: folder,
      env: { ...process.env, ...env },
    })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', piece => (stdout += piece))
    child.stderr.on('data', piece => (stderr += piece))
    child.stdin.on('error', () => {}) // a program may end before it has read all
    child.stdin.end(input)
    const [code] = await once(child, 'close')
    return { code: code as number, stdout, stderr }
  },
  written: (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(folder, name), content)
    return name
  },
})
