/**
 * Prints the rows of the table of targets, each ratio next to its target: `pnpm bench [ROW…]`, each
 * by its name or a prefix of it. Only ratios of one run can be compared.
 */
import { spawnSync } from 'node:child_process'
import type { Goal, Row } from './Row.ts'
import { rows } from './rows.ts'

const line = ({ what, measured, unit = 'x', target, atMost = false }: Goal): string => {
  const met = atMost ? measured <= target : measured >= target
  return `  ${met ? 'met   ' : 'MISSED'} ${what}: ${measured.toFixed(2)} ${unit}, target ${atMost ? '≤' : '≥'} ${target}`
}

const show = async ({ name, title, run }: Row): Promise<void> => {
  console.log(`\n${name}: ${title}`)
  const { figures, goals, note } = await run()
  for (const [contestant, figure] of figures) console.log(`  ${contestant.padEnd(24)} ${figure}`)
  for (const goal of goals) console.log(line(goal))
  if (note !== undefined) console.log(`  ${note}`)
}

/** True if a row is asked for: `=name` means exactly that row. */
const isMeant = ({ name }: Row, start: string) =>
  start.startsWith('=') ? name === start.slice(1) : name.startsWith(start)

const wanted = process.argv.slice(2)
const chosen = rows.filter(row => wanted.length === 0 || wanted.some(start => isMeant(row, start)))
if (chosen.length === 0) {
  console.error(`no such row; there are ${rows.map(row => row.name).join(', ')}`)
  process.exitCode = 2
} else if (chosen.length === 1) await show(chosen[0] as Row)
else
  for (const { name, title, onRequest = false } of chosen) {
    if (onRequest && wanted.length === 0) {
      console.log(`\n${name}: ${title}\n  takes minutes: pnpm bench ${name}`)
      continue
    }
    // one process for each row: type feedback of one row must not help or hurt the next
    const args = [...process.execArgv, import.meta.filename, `=${name}`]
    const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
    if (status !== 0) process.exitCode = status ?? 1
  }
