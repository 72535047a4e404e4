// Loaded before a script that takes names of files: pnpm runs scripts in the folder of their package, and people mean the one
// they stand in. Threads inherit the flag that loads this, and may not change folders.
import { isMainThread } from 'node:worker_threads'

const { INIT_CWD } = process.env
if (isMainThread && INIT_CWD) process.chdir(INIT_CWD)
