import { codeGeneration } from '@finetune-kit/codec'
import { answer } from './answers.ts'

codeGeneration(false)
await answer()
