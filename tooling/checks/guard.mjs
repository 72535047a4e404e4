// Runs before every script, on whatever Node the script would use, so it is written for the oldest of them.
// A failed automatic install only warns: without this, a script would go on with the machine's own Node.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(
    `finetune-kit needs Node 22.19 or newer to build and test, and this is ${process.version}. ` +
      'It brings its own (Linux, x64 and arm64): run "npx --yes pnpm@12.21.0 install" and see why that fails. ' +
      'Elsewhere install Node 24.',
  )
  process.exit(1)
}
