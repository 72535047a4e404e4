import { readFileSync } from 'node:fs'
import { helpWidth } from '@finetune-kit/build/wrap-help'
import { columnsOf, hasColours } from './Output.ts'

/** The texts of `--help` and `--version` by the call that prints them. */
export type HelpTexts = Readonly<Record<string, string>>

/** Both drawings of the help, which the build writes next to the program. */
export interface BuiltHelp {
  readonly plain: HelpTexts
  readonly coloured: HelpTexts
}

/**
 * Returns the help that a call asks for, as the build wrote it: loading every command to draw it
 * takes six times as long. `undefined` for any other call, and where nothing was built.
 */
export const builtHelp = (
  args: ReadonlyArray<string>,
  file = new URL('help.json', import.meta.url),
): string | undefined => {
  const call = callOf(args)
  const isNarrow = (columnsOf(process.stdout) ?? helpWidth) < helpWidth
  if (call === undefined || isNarrow) return undefined
  try {
    const { plain, coloured } = JSON.parse(readFileSync(file, 'utf8')) as BuiltHelp
    const texts = hasColours(process.stdout, process.env) ? coloured : plain
    return Object.hasOwn(texts, call) ? texts[call] : undefined
  } catch {
    return undefined
  }
}

/** The words of `--help`, `COMMAND --help` or `--version`, for each way to write them. */
const callOf = (args: ReadonlyArray<string>): string | undefined => {
  const [first = '', second] = args
  if (args.length > 2 || args.length === 0) return undefined
  if (first === 'help') return second === undefined ? '--help' : `${second} --help`
  if (isHelp(first)) return second === undefined ? '--help' : undefined
  if (first === '--version' || first === '-V' || first === '-v')
    return second === undefined ? '--version' : undefined
  return second !== undefined && isHelp(second) ? `${first} --help` : undefined
}

const isHelp = (word: string): boolean => word === '--help' || word === '-h'
