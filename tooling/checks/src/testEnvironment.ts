/**
 * Makes the environment of tests the same on every machine. The seed of property tests is fixed, so
 * that a commit is judged alike each time; `pnpm fuzz` tries new ones.
 */
import { join } from 'node:path'
import * as fc from 'fast-check'
import { programVariables, withoutProxy } from './programVariables.ts'

fc.configureGlobal({ seed: 1 })

for (const name of Object.keys(process.env))
  if (programVariables.test(name) || name.startsWith('XDG_')) delete process.env[name]
Object.assign(process.env, withoutProxy(process.env))

// each program that a test starts from its sources would strip their types and compile them again
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '../../../node_modules/.cache/node')
