import { homedir } from 'node:os'
import { posix, win32 } from 'node:path'

/** The facts about a computer that the place of its data depends on. */
export interface Platform {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/**
 * The file of the store where none is passed, in the folder of the platform for data of programs.
 *
 * @example
 * defaultDatabase({ platform: 'linux', env: {}, home: '/home/ada' }) // => '/home/ada/.local/share/finetune-kit/runs.db'
 */
export const defaultDatabase = ({
  platform = process.platform,
  env = process.env,
  home = homedir(),
}: Partial<Platform> = {}): string => {
  if (platform === 'win32')
    return win32.join(env['LOCALAPPDATA'] ?? win32.join(home, 'AppData', 'Local'), 'finetune-kit', 'runs.db')
  const given = env['XDG_DATA_HOME']
  // a relative path is to be ignored: https://specifications.freedesktop.org/basedir-spec/latest/
  const folder =
    given !== undefined && posix.isAbsolute(given)
      ? given
      : posix.join(home, platform === 'darwin' ? 'Library/Application Support' : '.local/share')
  return posix.join(folder, 'finetune-kit', 'runs.db')
}
