/** The name of a run: its id and, where several runs have it, when the run was created. */
export interface RunName {
  readonly id: string
  /** In Unix seconds. Default: the newest run of this id. */
  readonly born?: number | undefined
}
