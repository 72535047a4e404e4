import {
  CanonicalJson,
  type Format,
  formats as lazy,
  Json,
  type FormatOfValues,
} from '@finetune-kit/serialization'
import { Avro } from '@finetune-kit/serialization/avro'
import { MessagePack } from '@finetune-kit/serialization/messagepack'
import { Yaml } from '@finetune-kit/serialization/yaml'

/** Every format, loaded. */
export const formats: ReadonlyArray<Format> = await Promise.all(lazy.map(format => format.load()))

/** The formats in which one value can stand on its own. */
export const valueFormats: ReadonlyArray<FormatOfValues<string> | FormatOfValues<Uint8Array>> = [
  Json,
  CanonicalJson,
  MessagePack,
  Avro,
  Yaml,
]
