import { readlinkSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * The open file descriptor that a path names, if it names one: `/dev/stdout`, `/dev/fd/1`,
 * `/proc/self/fd/1`, or a link to such a path.
 */
export const openDescriptor = (path: string): number | undefined => {
  let at = resolve(path)
  for (let links = 0; links < maxLinks; links++) {
    const standard = ['/dev/stdin', '/dev/stdout', '/dev/stderr'].indexOf(at)
    if (standard >= 0) return standard
    const [, found] = /^\/(?:dev|proc\/(?:self|thread-self|\d+))\/fd\/(\d+)$/.exec(at) ?? []
    if (found !== undefined) return isOfThisProcess(at) ? Number(found) : undefined
    try {
      at = resolve(dirname(at), readlinkSync(at))
    } catch {
      return undefined // not a link, or missing
    }
  }
  return undefined
}

const maxLinks = 40

const isOfThisProcess = (path: string): boolean => {
  const [, id] = /^\/proc\/(\d+)\//.exec(path) ?? []
  return id === undefined || Number(id) === process.pid
}
