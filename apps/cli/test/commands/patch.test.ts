import { expect, test } from 'vitest'
import { snapshotFiles } from './snapshotFiles.ts'

const { finetune, written, validated, a, b } = snapshotFiles()

test('patch applies a JSON Patch or a merge patch, and says where one does not fit', async () => {
  const [jsonPatch, mergePatch] = await Promise.all(
    ['json-patch', 'merge-patch'].map(async format =>
      written(`${format}.json`, (await finetune(['diff', a, b, '--format', format])).stdout),
    ),
  )
  for (const file of [jsonPatch ?? '', mergePatch ?? '']) {
    const { code, stdout, stderr } = await finetune(['patch', a, file])
    expect([code, stderr, JSON.parse(stdout)]).toEqual([0, '', validated])
  }
  const all = await Promise.all([
    finetune(['patch', a, '-'], '[{"op":"remove","path":"/nothing"}]'),
    finetune(['patch', a, '-'], '[{"op":"replace","path":"/status","value":1}]'),
    finetune(['patch', a, '-'], '{"status":null}'),
    finetune(['patch', a, '-'], '[{"op":"remove"}]'),
    finetune(['patch', '-', '-']),
    finetune(['patch', a, 'none.json']),
  ])
  expect(all).toMatchInlineSnapshot(`
    [
      {
        "code": 1,
        "stderr": "stdin: does not apply: operation 0 at "/nothing": there is no key "nothing"
    ",
        "stdout": "",
      },
      {
        "code": 1,
        "stderr": "stdin: does not apply: operation 0 at "/status": the result would not be a FineTuneSnapshot: expected string, found 1
    ",
        "stdout": "",
      },
      {
        "code": 1,
        "stderr": "stdin: does not apply: at "/status": the result would not be a FineTuneSnapshot: missing, expected string
    ",
        "stdout": "",
      },
      {
        "code": 2,
        "stderr": "stdin /0/path: missing, expected JSON Pointer
    ",
        "stdout": "",
      },
      {
        "code": 2,
        "stderr": "stdin: it can be read once. Pass - for one file only.
    ",
        "stdout": "",
      },
      {
        "code": 2,
        "stderr": "none.json: no such file. Check the path.
    ",
        "stdout": "",
      },
    ]
  `)
})
