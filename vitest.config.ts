import { defineConfig } from 'vitest/config'

const conditions = ['@finetune-kit/source']

const project = (name: string, root: string) => ({ extends: true as const, test: { name, root } })

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // a slow machine is no reason to fail: tests that could run for ever bound themselves
    testTimeout: 60_000,
    include: ['test/**/*.test.ts'],
    projects: [
      ...['codec', 'model', 'serialization', 'diff', 'archive'].map(name =>
        project(name, `packages/${name}`),
      ),
      project('checks', 'tooling/checks'),
      project('cli', 'apps/cli'),
      project('ledger', 'apps/ledger'),
    ],
  },
})
