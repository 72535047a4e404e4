import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha256 } from '@finetune-kit/codec/compile'
import { digest as noble } from '../../src/digest/noble.ts'
import { digest as inNode } from '../../src/digest/node.ts'

test('sha256 has the digests of FIPS 180-4', () => {
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(sha256('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  )
})

test('sha256 is the same in Node and in browsers, for every text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.nat(0xffff).map(n => String.fromCharCode(n)) }), text => {
      expect(noble(text)).toBe(inNode(text))
    }),
  )
})
