import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'

const { version: found = '0.0.0' } = JSON.parse(
  readFileSync(findPackageJSON(import.meta.url) as string, 'utf8'),
) as { readonly version?: string }

/** The version in the package.json of this package. */
export const version = found
