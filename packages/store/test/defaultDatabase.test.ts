import { syncBuiltinESMExports } from 'node:module'
import os from 'node:os'
import { expect, test, vi } from 'vitest'
import { defaultDatabase } from '../src/defaultDatabase.ts'

const on = (platform: string, env: Record<string, string> = {}, home: string | undefined = '/home/ada') =>
  defaultDatabase({ platform, env, home })

test('defaultDatabase is below the data folder of each platform', () => {
  expect(on('linux')).toBe('/home/ada/.local/share/finetune-kit/runs.db')
  expect(on('linux', { XDG_DATA_HOME: '/data' })).toBe('/data/finetune-kit/runs.db')
  expect(on('linux', { XDG_DATA_HOME: 'data' })).toBe('/home/ada/.local/share/finetune-kit/runs.db')
  expect(on('darwin')).toBe('/home/ada/Library/Application Support/finetune-kit/runs.db')
  expect(on('win32', {}, 'C:\\Users\\ada')).toBe('C:\\Users\\ada\\AppData\\Local\\finetune-kit\\runs.db')
  expect(on('win32', { LOCALAPPDATA: 'D:\\data' })).toBe('D:\\data\\finetune-kit\\runs.db')
})

test.each(['', 'ada', '.'])('defaultDatabase is none for a user whose home folder is %j', home => {
  expect(on('linux', {}, home)).toBe(undefined)
  expect(on('win32', {}, home)).toBe(undefined)
  expect(on('linux', { XDG_DATA_HOME: '/data' }, home)).toBe('/data/finetune-kit/runs.db')
})

test('defaultDatabase is none for a user without a home folder', () => {
  const homedir = vi.spyOn(os, 'homedir').mockImplementation(() => {
    throw new Error('uv_os_homedir returned ENOENT')
  })
  syncBuiltinESMExports()
  expect(defaultDatabase({ env: {} })).toBe(undefined)
  expect(homedir).toHaveBeenCalledOnce()
  homedir.mockRestore()
  syncBuiltinESMExports()
})
