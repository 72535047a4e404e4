// Installs what is missing, then runs the script that is named, if any.
import { install, run } from './install.mjs'

install()
if (process.argv.length > 2) await run(...process.argv.slice(2))
