import { expect, test } from 'vitest'
import { chosenDatabase } from '../src/index.ts'

const on = (file: string | undefined, env: Record<string, string>) =>
  chosenDatabase(file, { platform: 'linux', home: '/home/ada', env })

const databaseUrl = 'postgres://localhost/runs'

test('a file that is passed comes before DATABASE_URL, and that before the file of the user', () => {
  expect(on('runs.db', { DATABASE_URL: databaseUrl })).toEqual({ db: 'runs.db' })
  expect(on(undefined, { DATABASE_URL: databaseUrl })).toEqual({ databaseUrl })
  expect(on(undefined, {})).toEqual({ db: '/home/ada/.local/share/finetune-kit/runs.db' })
})

test('an empty DATABASE_URL names no database', () => {
  expect(on(undefined, { DATABASE_URL: '' })).toEqual(on(undefined, {}))
})

test('a user without a home folder has no database where none is passed', () => {
  expect(chosenDatabase(undefined, { platform: 'linux', home: '', env: {} })).toEqual({ db: undefined })
})
