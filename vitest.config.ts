import { defineConfig } from 'vitest/config'

const conditions = ['@finetune-kit/source']

const project = (name: string, root: string, globalSetup: Array<string> = []) => ({
  extends: true as const,
  test: { name, root, globalSetup },
})

/** `vitest --mode torture` runs what is long by nature: fuzz, kills, cost and scale. */
export default defineConfig(({ mode }) => ({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // a slow machine is no reason to fail: tests that could run for ever bound themselves
    testTimeout: mode === 'torture' ? 0 : 300_000,
    hookTimeout: 300_000,
    include: [mode === 'torture' ? 'torture/**/*.test.ts' : 'test/**/*.test.ts'],
    projects: [
      ...['codec', 'model', 'serialization', 'diff', 'archive', 'report'].map(name =>
        project(name, `packages/${name}`),
      ),
      project('store', 'packages/store', ['test/support/startPostgres.ts']),
      project('watch', 'packages/watch', ['../store/test/support/startPostgres.ts']),
      project('build', 'tooling/build'),
      project('fuzz', 'tooling/fuzz'),
      project('checks', 'tooling/checks'),
      project('cli', 'apps/cli'),
      project('ledger', 'apps/ledger', ['../../packages/store/test/support/startPostgres.ts']),
    ],
  },
}))
