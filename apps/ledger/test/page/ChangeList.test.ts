import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ChangeList } from '../../page/src/changes/ChangeList.tsx'

test.each(['2024-11-19T07:36:40Z', '+058376-03-08T04:26:40Z', '-000043-03-15T12:00:00Z'])(
  'the whole of %s in a sentence becomes a time of the page',
  time => {
    const pieces = [`finished at ${time}, `, { now: time }]
    const sentences = [{ change: 'Finished', sign: '~', pieces } as const]
    const html = renderToStaticMarkup(createElement(ChangeList, { sentences }))
    const times = [...html.matchAll(/<time dateTime="([^"]+)"/gi)].map(([, at]) => Date.parse(at ?? ''))
    expect(times).toEqual([Date.parse(time), Date.parse(time)])
    expect(html).toMatch(/finished at <time/)
    expect(html).toMatch(/<ins><time/)
  },
)
