import { pathPrimitive } from '@finetune-kit/build/path-primitive'
import * as Param from 'effect/cli/Param'
import * as Primitive from 'effect/cli/Primitive'

const primitiveType = pathPrimitive(Primitive.String)

/** An argument that names a file, a folder or a pattern. */
export const pathArgument = (name: string): Param.Param<typeof Param.argumentKind, string> =>
  Param.makeSingle({ kind: Param.argumentKind, name, primitiveType })

/** A flag that names a file. */
export const pathFlag = (name: string): Param.Param<typeof Param.flagKind, string> =>
  Param.makeSingle({ kind: Param.flagKind, name, primitiveType })
