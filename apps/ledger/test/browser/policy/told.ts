import { Validator } from '@finetune-kit/codec'
import { answer } from './answers.ts'

Validator.codeGeneration(false)
await answer()
