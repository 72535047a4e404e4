import { answer } from './answers.ts'

await answer()
