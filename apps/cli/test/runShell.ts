import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runFinetune } from './runFinetune.ts'

export interface ShellEnd {
  readonly code: number
  readonly output: string
}

/** Runs a command in a folder: `finetune` in this process, all else by the shell. */
export const runShell = async (command: string, folder: string): Promise<ShellEnd> => {
  const stages = splitPipe(command)
  // a shell may do more with a command than pipe it
  if (!stages.some(isFinetune) || /\|\||&&|;|\$\(/.test(bare(command)))
    return endOf(inShell(command, folder, ''))
  let end: Stage = { code: 0, stdout: Buffer.alloc(0), stderr: '' }
  let said = ''
  for (const stage of stages) {
    end = isFinetune(stage) ? await inProcess(stage, folder, end.stdout) : inShell(stage, folder, end.stdout)
    said += end.stderr
  }
  return { code: end.code, output: `${said}${end.stdout.toString()}` }
}

interface Stage {
  readonly code: number
  readonly stdout: Buffer
  readonly stderr: string
}

const endOf = ({ code, stdout, stderr }: Stage): ShellEnd => ({
  code,
  output: `${stderr}${stdout.toString()}`,
})

const isFinetune = (stage: string): boolean => /^\s*finetune(\s|$)/.test(stage)

/** The command without its quoted words and its comment. */
const bare = (command: string): string =>
  command.replaceAll(/'[^']*'|"(?:\\.|[^"\\])*"/g, '').replace(/\s#\s.*$/, '')

/** The stages of a pipe: a `|` in quotes is text. */
const splitPipe = (command: string): ReadonlyArray<string> => {
  const stages = ['']
  for (const [part] of command.matchAll(/'[^']*'|"(?:\\.|[^"\\])*"|\|\||[^'"|]+|./g))
    if (part === '|') stages.push('')
    else stages.push(`${stages.pop() ?? ''}${part}`)
  return stages
}

const program = resolve(import.meta.dirname, '../src/finetune.ts')

/** A command of the shell, in which `finetune` is a program of its own. */
const inShell = (command: string, folder: string, input: string | Buffer): Stage => {
  const bin = join(folder, '.bin')
  mkdirSync(bin, { recursive: true })
  const call = `exec '${process.execPath}' --conditions=@finetune-kit/source '${program}' "$@"`
  writeFileSync(join(bin, 'finetune'), `#!/bin/sh\n${call}\n`, { mode: 0o755 })
  const env = { ...process.env, PATH: `${bin}:${process.env['PATH']}` }
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, input, env })
  return { code: status ?? 1, stdout, stderr: stderr.toString() }
}

/** The shell reads the words of the command, as it would anywhere, and writes where `>` says. */
const inProcess = async (stage: string, folder: string, input: Buffer): Promise<Stage> => {
  const [, call = '', target] = /^(.*?)(?:\s>\s*(\S+)\s*)?(?:\s# .*)?$/.exec(stage.trim()) ?? []
  const words = inShell(`printf '%s\\0' ${call}`, folder, '').stdout.toString().split('\0').slice(1, -1)
  const home = process.cwd()
  process.chdir(folder)
  try {
    const { code, stdout, stderr } = await runFinetune(words, { stdin: input })
    if (target === undefined) return { code, stdout: Buffer.from(stdout), stderr }
    return { ...inShell(`cat > ${target}`, folder, stdout), code, stderr }
  } finally {
    process.chdir(home)
  }
}
