/**
 * Returns why a program cannot run on this version of Node, if it cannot. A program asks before it
 * loads anything else, because an old Node fails at a syntax or a module that it lacks, with a
 * stack trace.
 */
export const unsupportedNode = (program: string, version: string): string | undefined => {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 19)) return undefined
  return (
    `${program} needs Node 22.19 or newer, and this is ${version}. ` +
    'Install Node 24 from https://nodejs.org, or run: npx --package=node@24 --package=@finetune-kit/' +
    `${program === 'finetune' ? 'cli' : 'ledger'} ${program}`
  )
}
