/**
 * Why this Node cannot run the programs of this folder, if it cannot. It is asked before anything else is loaded, so
 * that the answer is this sentence and not what goes wrong first.
 */
export const unsupportedNode = version => {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 19)) return undefined
  return (
    `finetune-kit needs Node 22.19 or newer, and this is ${version}. ` +
    'Start it by "npx --yes pnpm@12.21.0 demo", which brings its own, or install Node 24.'
  )
}
//# sourceMappingURL=nodeVersion.js.map
