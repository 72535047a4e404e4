import { expect, test } from 'vitest'
import { defaultDatabase } from '../src/defaultDatabase.ts'

const on = (platform: string, env: Record<string, string> = {}, home = '/home/ada') =>
  defaultDatabase({ platform, env, home })

test('defaultDatabase is below the data folder of each platform', () => {
  expect(on('linux')).toBe('/home/ada/.local/share/finetune-kit/runs.db')
  expect(on('linux', { XDG_DATA_HOME: '/data' })).toBe('/data/finetune-kit/runs.db')
  expect(on('linux', { XDG_DATA_HOME: 'data' })).toBe('/home/ada/.local/share/finetune-kit/runs.db')
  expect(on('darwin')).toBe('/home/ada/Library/Application Support/finetune-kit/runs.db')
  expect(on('win32', {}, 'C:\\Users\\ada')).toBe('C:\\Users\\ada\\AppData\\Local\\finetune-kit\\runs.db')
  expect(on('win32', { LOCALAPPDATA: 'D:\\data' })).toBe('D:\\data\\finetune-kit\\runs.db')
})
