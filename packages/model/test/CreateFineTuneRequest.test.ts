import { Meta, Shape } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { CreateFineTuneRequest } from '@finetune-kit/model'

const accepts = (suffix: string) => CreateFineTuneRequest.is({ training_file: 'file-1', suffix })

test('CreateFineTuneRequest leaves null and undefined out when it encodes', () => {
  const request = { training_file: 'file-1', model: null, suffix: undefined, n_epochs: 2, other: null }
  expect(CreateFineTuneRequest.encode(request as never)).toStrictEqual({
    training_file: 'file-1',
    n_epochs: 2,
  })
  expect(request.model).toBeNull()
})

test('CreateFineTuneRequest leaves them out inside another codec too', () => {
  const codec = t.type({ request: CreateFineTuneRequest })
  expect(codec.encode({ request: { training_file: 'file-1', model: null } })).toStrictEqual({
    request: { training_file: 'file-1' },
  })
})

test('CreateFineTuneRequest documents the defaults of the service', () => {
  const defaults = new Map<string, unknown>()
  Shape.fold<unknown>({
    unknown: () => 0,
    undefined: () => 0,
    null: () => 0,
    boolean: () => 0,
    number: () => 0,
    string: () => 0,
    literal: () => 0,
    array: () => 0,
    tuple: () => 0,
    record: () => 0,
    struct: () => 0,
    union: (_, codec) => {
      if ('default' in Meta.of(codec)) defaults.set(Meta.of(codec).title ?? '', Meta.of(codec).default)
    },
    intersection: () => 0,
    refine: () => 0,
    lazy: () => 0,
    opaque: Shape.refuse('defaults'),
  })(CreateFineTuneRequest)
  expect(Object.fromEntries(defaults)).toEqual({
    Model: 'curie',
    'N epochs': 4,
    'Prompt loss weight': 0.01,
    'Compute classification metrics': false,
  })
})

test('CreateFineTuneRequest counts the characters of a suffix, not its code units', () => {
  expect([accepts('🥖'.repeat(40)), accepts('a\nb'), accepts('🥖'.repeat(41)), accepts('')]).toEqual([
    true,
    true,
    false,
    false,
  ])
})
