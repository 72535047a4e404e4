import * as Flag from 'effect/cli/Flag'

/** The flag `--format` of a command that prints for people or for programs. */
export const outputStyle = (description: string) =>
  Flag.Literals('format', ['text', 'json']).pipe(
    Flag.withMetavar('FORMAT'),
    Flag.withDefault('text' as const),
    Flag.withDescription(`${description}. Default: text`),
  )

export type OutputStyle = 'text' | 'json'
