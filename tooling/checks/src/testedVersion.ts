/** The version of a package that is tested here; `catalog` is the text of pnpm-workspace.yaml. */
export const testedVersion = (catalog: string, name: string): string =>
  new RegExp(`^ {2}"?${name}"?: (\\d.*)$`, 'm').exec(catalog)?.[1] ?? 'latest'
