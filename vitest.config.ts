import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const conditions = ['@finetune-kit/source']

const tooling = join(import.meta.dirname, 'tooling/checks/src')

const project = (name: string, root: string, globalSetup: Array<string> = []) => ({
  extends: true as const,
  test: { name, root, globalSetup },
})

/**
 * Projects whose tests change nothing outside their own values: their files share the modules of a
 * worker, which are then loaded once.
 */
const pure = (name: string) => ({
  extends: true as const,
  test: { name, root: `packages/${name}`, isolate: false },
})

/** Projects whose tests run on PostgreSQL, too. */
const onPostgres = (name: string, root: string) =>
  project(name, root, [join(tooling, 'databases/startPostgres.ts')])

/** `vitest --mode torture` runs what is long by nature: fuzz, kills, cost and scale. */
export default defineConfig(({ mode }) => ({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // a slow machine is no reason to fail: tests that could run for ever bound themselves
    testTimeout: mode === 'torture' ? 0 : 300_000,
    hookTimeout: 300_000,
    setupFiles: [join(tooling, 'testEnvironment.ts')],
    include: [mode === 'torture' ? 'torture/**/*.test.ts' : 'test/**/*.test.ts'],
    projects: [
      ...['model', 'diff', 'report'].map(pure),
      ...['codec', 'serialization', 'archive'].map(name => project(name, `packages/${name}`)),
      onPostgres('store', 'packages/store'),
      onPostgres('watch', 'packages/watch'),
      project('build', 'tooling/build'),
      project('fuzz', 'tooling/fuzz'),
      project('checks', 'tooling/checks'),
      project('cli', 'apps/cli'),
      onPostgres('ledger', 'apps/ledger'),
    ],
  },
}))
