import * as Effect from 'effect/Effect'
import * as FileSystem from 'effect/FileSystem'
import * as Layer from 'effect/Layer'
import * as Path from 'effect/Path'
import * as Stdio from 'effect/Stdio'
import * as Terminal from 'effect/Terminal'
import { ChildProcessSpawner, make as makeSpawner } from 'effect/process/ChildProcessSpawner'

const unused = Effect.die('the command line asks for nothing, and starts no process')

/**
 * The services that effect's command line requires of every program, and uses only for flags that
 * are files and for prompts. No command has these, and loading Node's own services takes 8 ms.
 */
export const commandServices = Layer.mergeAll(
  FileSystem.layerNoop({}),
  Path.layer,
  Stdio.layerTest({}),
  Layer.succeed(
    Terminal.Terminal,
    Terminal.make({
      columns: unused,
      rows: unused,
      size: unused,
      readInput: unused,
      readLine: unused,
      display: () => unused,
    }),
  ),
  Layer.succeed(
    ChildProcessSpawner,
    makeSpawner(() => unused),
  ),
)
