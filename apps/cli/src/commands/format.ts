import { formatByName, formats } from '@finetune-kit/serialization'
import * as Flag from 'effect/cli/Flag'
import * as Option from 'effect/Option'

/** The names of the formats, as they are typed. */
export const formatNames = formats.map(({ name }) => name.toLowerCase().replaceAll(' ', '-')).join(', ')

/** A flag that takes the name, or the extension, of a format. */
export const format = (name: string, description: string) =>
  Flag.String(name).pipe(
    Flag.withMetavar('FORMAT'),
    Flag.withDescription(`${description}. One of ${formatNames}`),
    Flag.filterMap(
      text => Option.fromNullishOr(formatByName(text) ?? formatByName(`.${text}`)),
      () => formatNames,
    ),
    Flag.withDefault(undefined),
  )

/** The description of an argument that names files of records. */
export const inputText =
  'A file of records in any format, also compressed. A folder or a pattern stands for all its files, - for standard input'
