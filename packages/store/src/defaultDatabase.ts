import { homedir } from 'node:os'
import { posix, win32 } from 'node:path'

/** The facts about a computer that the place of its data depends on. */
export interface Platform {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The home folder of the user. A container may run a user who has none. */
  readonly home: string | undefined
}

/**
 * The file of the store where none is passed, in the folder of the platform for data of programs;
 * `undefined` for a user without a home folder.
 */
export const defaultDatabase = ({
  platform = process.platform,
  env = process.env,
  home = homeOf(),
}: Partial<Platform> = {}): string | undefined => {
  const isWindows = platform === 'win32'
  const path = isWindows ? win32 : posix
  const given = env[isWindows ? 'LOCALAPPDATA' : 'XDG_DATA_HOME']
  // a relative path is to be ignored: https://specifications.freedesktop.org/basedir-spec/latest/
  const base = [given, home === undefined ? undefined : path.join(home, ...dataFolder(platform))]
  const folder = base.find(folder => folder !== undefined && path.isAbsolute(folder))
  return folder && path.join(folder, 'finetune-kit', 'runs.db')
}

const dataFolder = (platform: string): ReadonlyArray<string> => {
  if (platform === 'win32') return ['AppData', 'Local']
  return platform === 'darwin' ? ['Library', 'Application Support'] : ['.local', 'share']
}

/** Node throws for a user who has neither a HOME nor an entry in the list of users. */
const homeOf = (): string | undefined => {
  try {
    return homedir()
  } catch {
    return undefined
  }
}
