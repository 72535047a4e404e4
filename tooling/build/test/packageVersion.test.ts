import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { packageVersion } from '../src/packageVersion.ts'

test('packageVersion reads the nearest package.json above a module', () => {
  const folder = mkdtempSync(join(tmpdir(), 'package-version-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'dist/program'), { recursive: true })
  const url = pathToFileURL(join(folder, 'dist/program/main.js')).href
  writeFileSync(join(folder, 'package.json'), '{ "version": "1.2.3" }')
  expect(packageVersion(url)).toBe('1.2.3')
  writeFileSync(join(folder, 'package.json'), '{}')
  expect(packageVersion(url)).toBe('0.0.0')
})
