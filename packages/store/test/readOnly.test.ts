/** Reading where this user may not write. Root may write everywhere, so it acts as another user. */
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as Effect from 'effect/Effect'
import * as Scope from 'effect/Scope'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openStore } from '../src/openStore.ts'
import { both, inputOf, run } from './support/withStore.ts'

/** `access` asks about the real user, who is root here; opening asks about the one it acts as. */
vi.mock('node:fs', async original => {
  const fs = await original<typeof import('node:fs')>()
  return { ...fs, accessSync: (path: string) => fs.closeSync(fs.openSync(path, 'r+')) }
})

const isRoot = process.geteuid?.() === 0
const nobody = 65_534

/** Runs something as a user who may read, but not write, the folder and its files. */
const asReader = async <A>(use: () => Promise<A>): Promise<A> => {
  if (isRoot) process.seteuid?.(nobody)
  try {
    return await use()
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
}

const idsIn = (file: string, isReadOnly: boolean) =>
  Effect.gen(function* () {
    const store = yield* openStore({ db: file, isReadOnly })
    return (yield* store.runs({ limit: 1000 })).runs.map(({ summary }) => summary.id)
  })

const failure = (file: string, isReadOnly = true) =>
  asReader(() => run(Effect.map(Effect.flip(idsIn(file, isReadOnly)), ({ message }) => message)))

describe.skipIf(process.platform === 'win32')('a database that may only be read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-read-only-'))
  const db = join(folder, 'runs #1?.db')
  const crashed = join(folder, 'crashed.db')
  const old = join(folder, 'old.db')
  let ids: ReadonlyArray<string> = []

  beforeAll(async () => {
    await run(
      Effect.flatMap(openStore({ db }), store => store.importObservations(inputOf(both), { source: 'test' })),
    )
    ids = await run(idsIn(db, false))
    copyFileSync(db, `${folder}/work.db`)
    const open = new DatabaseSync(`${folder}/work.db`)
    open.exec('PRAGMA journal_mode = WAL; create table later (n)')
    copyFileSync(`${folder}/work.db`, crashed)
    copyFileSync(`${folder}/work.db-wal`, `${crashed}-wal`)
    open.close()
    copyFileSync(db, old)
    const older = new DatabaseSync(old)
    older.exec(`delete from facts where name = 'summary_columns'; PRAGMA journal_mode = DELETE`)
    older.close()
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o444)
    chmodSync(folder, 0o555)
  })
  afterAll(() => {
    chmodSync(folder, 0o755)
    rmSync(folder, { recursive: true })
  })

  test('openStore reads it in a folder where no file can be made, and makes none', async () => {
    expect(ids.length).toBeGreaterThan(0)
    const before = readdirSync(folder)
    expect(await asReader(() => run(idsIn(db, true)))).toEqual(ids)
    expect(readdirSync(folder)).toEqual(before)
  })

  /** A copy in a folder of everybody, which a reader may not write to. */
  const sharedCopy = () => {
    const shared = mkdtempSync(join(tmpdir(), 'finetune-kit-shared-'))
    const file = join(shared, 'runs.db')
    copyFileSync(db, file)
    chmodSync(file, 0o444)
    chmodSync(shared, 0o777)
    return { shared, file }
  }

  test('openStore leaves nothing beside it in a folder of everybody, which would shut out its owner', async () => {
    const { shared, file } = sharedCopy()
    expect(await asReader(() => run(idsIn(file, true)))).toEqual(ids)
    expect(readdirSync(shared)).toEqual(['runs.db'])
    rmSync(shared, { recursive: true })
  })

  test('a store that its owner writes to meanwhile is not read on, and not called damaged', async () => {
    const { shared, file } = sharedCopy()
    const told = await run(
      Effect.gen(function* () {
        const opened = Effect.provideService(
          openStore({ db: file, isReadOnly: true }),
          Scope.Scope,
          yield* Effect.scope,
        )
        const store = yield* Effect.promise(() => asReader(() => Effect.runPromise(opened)))
        chmodSync(file, 0o644)
        const owned = Effect.flatMap(openStore({ db: file }), owner => owner.sql`delete from runs`)
        yield* Effect.scoped(owned)
        return (yield* Effect.flip(store.runs())).message
      }),
    )
    expect(told).toBe(`${file}: another process is writing to it. Try again when it has finished.`)
    rmSync(shared, { recursive: true })
  })

  test('openStore says that a folder is closed, and not that the file is missing', async () => {
    const closed = mkdtempSync(join(tmpdir(), 'finetune-kit-closed-'))
    copyFileSync(db, join(closed, 'runs.db'))
    chmodSync(closed, 0o000)
    expect(await failure(join(closed, 'runs.db'))).toBe(
      `${closed}/runs.db: the file cannot be opened. Check that this user may read it, and write to its folder.`,
    )
    chmodSync(closed, 0o755)
    rmSync(closed, { recursive: true })
  })

  test('openStore refuses it to who wants to write', async () => {
    expect(await failure(db, false)).toBe(
      `${db}: this user may not write to it. Change its permissions, or pass --db with another file.`,
    )
  })

  test('openStore does not read around changes that are in a log only', async () => {
    expect(await failure(crashed)).toBe(
      `${crashed}: its last changes are in ${crashed}-wal, which only a user reads who may write to the folder. Copy both files to a folder of yours and read the copy.`,
    )
  })

  test('openStore says that an older file cannot be brought up to date', async () => {
    expect(await failure(old)).toBe(
      `${old}: its tables are not those of this version, and this user may not bring them up to date. Open it once as a user who may, or pass --db with another file.`,
    )
  })
})
