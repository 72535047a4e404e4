import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { spool } from '../../src/server/imports/spool.ts'
import { uploadFolder } from '../../src/server/imports/uploadFolder.ts'

let parent = ''
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'uploads-'))
})
afterEach(() => rmSync(parent, { recursive: true, force: true }))

/** The id of a process that has ended. */
const endedPid = (): number => spawnSync(process.execPath, ['-e', '']).pid

/** A folder that a server has left, with an upload, as many hours ago. */
const left = (pid: number, hours: number): string => {
  const path = join(parent, `finetune-ledger-${pid}-aB3xYz`)
  mkdirSync(path)
  writeFileSync(join(path, '1.upload'), 'a record')
  const then = Date.now() / 1000 - hours * 3600
  utimesSync(path, then, then)
  return path
}

const opened = (use: (path: string) => void): Promise<void> =>
  Effect.runPromise(Effect.scoped(Effect.map(uploadFolder(parent), use)))

test('the folder is there for as long as the scope lives', async () => {
  await opened(path => {
    writeFileSync(join(path, '1.upload'), 'a record')
    expect(readdirSync(parent)).toHaveLength(1)
  })
  expect(readdirSync(parent)).toEqual([])
})

test('the folder is touched, so that no system takes it for a left one', () =>
  Effect.runPromise(
    Effect.scoped(
      Effect.flatMap(uploadFolder(parent, '20 millis'), path =>
        Effect.promise(async () => {
          utimesSync(path, 0, 0)
          await vi.waitFor(() => expect(statSync(path).mtimeMs).toBeGreaterThan(1e12), { timeout: 60_000 })
        }),
      ),
    ),
  ))

test('the folder of a server that was killed hours ago is removed', async () => {
  const path = left(endedPid(), 4)
  await opened(() => expect(existsSync(path)).toBe(false))
})

test('the folder of a server with the id of this one is removed, as a container leaves it', async () => {
  const [own, recent] = [left(process.pid, 4), join(parent, `finetune-ledger-${process.pid}-recent`)]
  mkdirSync(recent)
  await opened(() => expect([own, recent].map(path => existsSync(path))).toEqual([false, true]))
})

test('the folder of a running server stays, and so does one that has just changed', async () => {
  const running = left(process.ppid, 4)
  const recent = left(endedPid(), 2)
  await opened(() => expect([running, recent].map(path => existsSync(path))).toEqual([true, true]))
})

test('files and folders of other names stay', async () => {
  const path = join(parent, 'finetune-ledger-notes')
  mkdirSync(path)
  utimesSync(path, 0, 0)
  await opened(() => expect(existsSync(path)).toBe(true))
})

test('a temporary folder that is not there is told in a sentence', async () => {
  const gone = join(parent, 'gone')
  const error = await Effect.runPromise(Effect.scoped(Effect.flip(uploadFolder(gone))))
  expect(error).toEqual({
    _tag: 'LedgerError',
    message: `${gone}: no folder for uploads can be made there (ENOENT). Set TMPDIR to a folder that this user may write to.`,
  })
})

test('an upload that cannot be written is told in a sentence', async () => {
  const written = spool(join(parent, 'gone', '1.upload'))(Stream.make(new Uint8Array(1)))
  expect(await Effect.runPromise(Effect.flip(written))).toMatchObject({
    status: 500,
    message: 'The upload cannot be written (ENOENT). Check the folder of TMPDIR.',
  })
})
