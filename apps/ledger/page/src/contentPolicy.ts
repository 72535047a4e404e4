import { codeGeneration } from '@finetune-kit/codec'

// the policy of the page refuses generated code, and a browser reports the attempt
codeGeneration(false)
