import { execFileSync, spawnSync } from 'node:child_process'
import { beforeAll, describe, expect, test } from 'vitest'
import { folderOfTests } from './runFinetune.ts'
import { spawnFinetune } from './spawnFinetune.ts'

const { folder, written } = folderOfTests()
const hasBash = spawnSync('bash', ['-c', 'complete']).status === 0

written('jobs.ndjson', '')
written('jobs.db', '')

/** Prints the words that bash offers for the last one of a line, called as bash does. */
const complete = `
complete() { completed=$2; }
source completions.bash
words=($1); last=$((\${#words[@]} - 1))
COMP_LINE=$1 COMP_POINT=\${#1} COMP_WORDS=("\${words[@]}") COMP_CWORD=$last
$completed finetune "\${words[last]}" "\${words[last - 1]}"
printf '%s\\n' "\${COMPREPLY[@]}" | sort
`

describe.skipIf(!hasBash)('completions of bash', () => {
  beforeAll(async () => {
    written('completions.bash', (await spawnFinetune(folder, ['--completions', 'bash'])).stdout)
  })

  test.each([
    ['finetune val', ['validate']],
    ['finetune validate jo', ['jobs.db', 'jobs.ndjson']],
    ['finetune validate --format git', ['github']],
    ['finetune runs --db jobs.d', ['jobs.db']],
    ['finetune convert jobs.ndjson jobs.n', ['jobs.ndjson']],
    ['finetune log --prices jobs.n', ['jobs.ndjson']],
    ['finetune report -o jobs.d', ['jobs.db']],
    ['finetune hel', ['help']],
    ['finetune help di', ['diff']],
  ])('%s', (line, words) => {
    const offered = execFileSync('bash', ['-c', complete, 'bash', line], { cwd: folder, encoding: 'utf8' })
    expect(offered.trim().split('\n')).toEqual(words)
  })
})

test('a shell of zsh completes the files of a command', async () => {
  const { stdout } = await spawnFinetune(folder, ['--completions', 'zsh'])
  expect(stdout).toMatch(/'\*:A file of records[^\n]*:_files'/)
  expect(stdout).toMatch(/_finetune_help\(\) \{\s+local -a specs\s+specs=\(\s+':command:\(validate convert /)
})

test('the name of the shell may be part of the flag', async () => {
  const [apart, joined] = await Promise.all(
    [['--completions', 'zsh'], ['--completions=zsh']].map(args => spawnFinetune(folder, args)),
  )
  expect(joined).toEqual(apart)
})

const hasFish = spawnSync('fish', ['--no-config', '-c', 'true']).status === 0

test.skipIf(!hasFish)('a shell of fish completes a command after help', async () => {
  written('completions.fish', (await spawnFinetune(folder, ['--completions', 'fish'])).stdout)
  const offered = execFileSync(
    'fish',
    ['--no-config', '-c', 'source completions.fish; complete -C "finetune help di"'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  )
  expect(offered.trim()).toBe('diff')
})
