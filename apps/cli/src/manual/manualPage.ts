import type { ArgDoc, FlagDoc, HelpDoc } from 'effect/cli/HelpDoc'
import * as Option from 'effect/Option'

/** Returns the manual page of section 1, in the macros of man(7), from the help of each command. */
export const manualPage = ([root, ...commands]: ReadonlyArray<HelpDoc>): string =>
  root === undefined
    ? ''
    : [
        '.TH FINETUNE 1 "" "finetune-kit" "User Commands"',
        '.SH NAME',
        'finetune \\- read, check, compare and keep records of fine\\-tuning',
        '.SH SYNOPSIS',
        ...commands.map(({ usage }) => `.br\n${bold(usage)}`),
        '.SH DESCRIPTION',
        text(root.description),
        '.SH COMMANDS',
        ...commands.flatMap(command => [
          `.SS ${command.usage.split(' ')[1]}`,
          text(command.description),
          ...(command.args ?? []).flatMap(argument),
          ...command.flags.flatMap(flag),
          ...examples(command),
        ]),
        '.SH OPTIONS',
        ...(root.globalFlags ?? []).flatMap(flag),
        '.SH ENVIRONMENT',
        ...environment.flatMap(([name, use]) => entry(bold(name), use)),
        '.SH EXAMPLES',
        ...examples(root),
        '',
      ].join('\n')

const environment = [
  ['FINETUNE_MAX_RECORD_MIB', 'The most MiB of a record. Default: 64.'],
  ['DATABASE_URL', 'The PostgreSQL database of runs. Default: an SQLite file in the data folder.'],
  [
    'XDG_DATA_HOME',
    'The data folder. Default: ~/.local/share; on macOS ~/Library/Application Support, on Windows %LOCALAPPDATA%.',
  ],
  [
    'OPENAI_API_KEY, OPENAI_BASE_URL',
    'The key of a service, and the service. Of Azure: AZURE_OPENAI_API_KEY or AZURE_OPENAI_AD_TOKEN, AZURE_OPENAI_ENDPOINT, OPENAI_API_VERSION.',
  ],
  ['OPENAI_ORG_ID, OPENAI_PROJECT_ID', 'The organization and the project that a service is asked for.'],
  [
    'HTTPS_PROXY, HTTP_PROXY, NO_PROXY, SSL_CERT_FILE',
    'Proxies to a service, and a file of certificates to trust.',
  ],
  ['NO_COLOR, FORCE_COLOR', 'Without colours, and with colours where the output is no terminal.'],
] as const

const argument = ({ name, description }: ArgDoc) => entry(italic(name), described(description))

const flag = ({ name, aliases, type, description }: FlagDoc) =>
  entry(
    [`--${name}`, ...aliases].map(bold).join(', ') + (type === 'boolean' ? '' : ` ${italic(type)}`),
    described(description),
  )

const described = (description: Option.Option<string>): string => Option.getOrElse(description, () => '')

const entry = (term: string, definition: string): ReadonlyArray<string> => ['.TP', term, text(definition)]

const examples = ({ examples = [] }: HelpDoc): ReadonlyArray<string> =>
  examples.flatMap(({ command, description }) => [
    '.PP',
    ...(description === undefined ? [] : [`${text(description)}:`]),
    '.RS 4',
    '.nf',
    text(command),
    '.fi',
    '.RE',
  ])

const bold = (words: string): string => `\\fB${text(words)}\\fR`
const italic = (words: string): string => `\\fI${text(words)}\\fR`

/** A backslash and a hyphen have a meaning in roff; so have a dot and a quote that begin a line. */
const text = (words: string): string =>
  words
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll(/^([.'])/gm, '\\&$1')
