import { expect, test } from 'vitest'
import { readResultFile } from '../../../page/src/chart/useResultFiles.ts'

const text = () => Promise.reject(new DOMException('A requested file was not found.', 'NotFoundError'))

test('readResultFile tells of a folder, and of a file that is gone, that it cannot be read', async () => {
  expect(await readResultFile({ name: 'gone.csv', size: 100, text })).toEqual({
    name: 'gone.csv',
    metrics: null,
    note: 'it cannot be read. Load the page again and choose it once more',
  })
})
