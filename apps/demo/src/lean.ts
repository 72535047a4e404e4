import { setFlagsFromString } from 'node:v8'

/**
 * Leaves out two of V8's four compilers where a third one stands in for them (Maglev, on since Node 24): for a command that reads
 * file after file it is as fast alone, and without the others, their code and what they think up a tenth of the memory is
 * free. To be called before anything else is loaded: what is compiled already stays.
 */
export const lean = (version: string): void => {
  if (Number(version.slice(1).split('.')[0]) >= 24) setFlagsFromString('--no-turbofan --no-sparkplug')
}
