import { packageVersion } from '@finetune-kit/build/package-version'

/** The version in the package.json of this package. */
export const version = packageVersion(import.meta.url)
