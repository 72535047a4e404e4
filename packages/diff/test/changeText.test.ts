import { expect, test } from 'vitest'
import { changeText } from '@finetune-kit/diff'

test('changeText writes one line an operation, with control characters made visible', () => {
  expect(
    changeText([
      { op: 'replace', path: '/status', was: 'pending', value: 'running' },
      { op: 'add', path: '/events/4', value: { message: '\u001b[31m\u202e' } },
      { op: 'remove', path: '/a\nb', was: null },
      { op: 'move', from: '/files/0', path: '/files/2' },
    ]),
  ).toBe(
    [
      '~ /status: "pending" → "running"',
      '+ /events/4: {"message":"\\u001b[31m\\u202e"}',
      '- /a\\u000ab: null',
      '> /files/0 to /files/2',
    ].join('\n'),
  )
})
