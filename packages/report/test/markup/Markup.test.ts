import { element, toHtml } from '@finetune-kit/report'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

test('toHtml escapes every text and every attribute', () => {
  expect(toHtml(element('p', { title: `"'<&>` }, '<b>&amp;', element('br')))).toBe(
    '<p title="&quot;&#39;&lt;&amp;&gt;">&lt;b&gt;&amp;amp;<br></p>',
  )
  fc.assert(
    fc.property(fc.string(), text => {
      expect(toHtml(element('p', { title: text }, text))).toMatch(/^<p title="[^<>"']*">[^<>"']*<\/p>$/)
    }),
  )
})

test('toHtml makes control and bidirectional characters visible', () => {
  expect(toHtml(element('p', {}, 'a\u202eb\u0000'))).toBe('<p>a\\u202eb\\u0000</p>')
})
