import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

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

/** A project without the test files in these places. */
const without = ({ extends: extended, test }: ReturnType<typeof project>, ...exclude: Array<string>) => ({
  extends: extended,
  test: { ...test, exclude },
})

/** Runs the projects in the order of their list. */
class ListedOrder extends BaseSequencer {
  override async sort(files: Array<TestSpecification>): Promise<Array<TestSpecification>> {
    const place = ({ project }: TestSpecification) => this.ctx.projects.indexOf(project)
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b))
  }
}

/** `vitest --mode torture` runs what is long by nature: fuzz, kills, cost and scale. */
export default defineConfig(({ mode }) => ({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // a slow machine is no reason to fail: tests that could run for ever bound themselves
    testTimeout: mode === 'torture' ? 0 : 300_000,
    hookTimeout: 300_000,
    // vitest leaves a core to its own process, which has little to do; torture needs it
    ...(mode !== 'torture' && { maxWorkers: '100%' }),
    sequence: { sequencer: ListedOrder },
    setupFiles: [join(tooling, 'testEnvironment.ts')],
    include: [mode === 'torture' ? 'torture/**/*.test.ts' : 'test/**/*.test.ts'],
    // long files first: one that begins last is waited for alone
    projects: [
      without(
        project('page', 'apps/ledger', [join(import.meta.dirname, 'apps/ledger/test/browser/buildPage.ts')]),
        '**/!(browser)/*.test.ts',
      ),
      onPostgres('watch', 'packages/watch'),
      project('cli', 'apps/cli'),
      without(onPostgres('ledger', 'apps/ledger'), '**/browser/*.test.ts'),
      onPostgres('store', 'packages/store'),
      ...['serialization', 'codec', 'archive'].map(name => project(name, `packages/${name}`)),
      project('checks', 'tooling/checks'),
      project('build', 'tooling/build'),
      project('fuzz', 'tooling/fuzz'),
      ...['model', 'diff', 'report'].map(pure),
    ],
  },
}))
