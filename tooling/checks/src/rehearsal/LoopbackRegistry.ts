import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

export interface Manifest {
  readonly name: string
  readonly version: string
  readonly bin?: object
  readonly exports?: Readonly<Record<string, unknown>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** The document that describes a package: `npm publish` sends it, `npm install` reads it. */
interface Packument {
  readonly name: string
  readonly 'dist-tags': Record<string, string>
  readonly versions: Record<string, Manifest>
  readonly _attachments: Record<string, { readonly data: string }>
}

export interface LoopbackRegistry {
  /** The address, with a slash at its end. */
  readonly url: string
  /** Each published package: the manifest of its newest version, and its tarball. */
  readonly published: () => ReadonlyArray<{ readonly manifest: Manifest; readonly tarball: Buffer }>
  readonly close: () => void
}

const newest = ({ versions, _attachments }: Packument) => {
  const [manifest, attachment] = [Object.values(versions).at(-1), Object.values(_attachments).at(-1)]
  return manifest === undefined || attachment === undefined
    ? []
    : [{ manifest, tarball: Buffer.from(attachment.data, 'base64') }]
}

/**
 * An npm registry in memory, reached from this machine only: publishing, packuments and tarballs.
 * Its port is random, because clients cache a tarball by its address.
 */
export const openRegistry = async (): Promise<LoopbackRegistry> => {
  const packages = new Map<string, Packument>()
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: object | Buffer) =>
      response.writeHead(status).end(Buffer.isBuffer(body) ? body : JSON.stringify(body))
    const [name = '', file] = decodeURIComponent(request.url ?? '')
      .slice(1)
      .split('/-/')
    const known = packages.get(name)
    if (request.method === 'PUT') {
      const sent = (await json(request)) as Packument
      const taken = Object.keys(sent.versions).find(version => known?.versions[version] !== undefined)
      if (taken !== undefined) return answer(409, { error: `${name}: version ${taken} is published.` })
      packages.set(name, {
        ...sent,
        versions: { ...known?.versions, ...sent.versions },
        _attachments: { ...known?._attachments, ...sent._attachments },
      })
      return answer(201, {})
    }
    if (known === undefined) return answer(404, { error: `${name}: no such package.` })
    if (file === undefined) return answer(200, { ...known, _attachments: undefined })
    const attachment = Object.entries(known._attachments).find(([path]) => path.endsWith(file))
    return attachment === undefined
      ? answer(404, { error: `${file}: no such tarball.` })
      : answer(200, Buffer.from(attachment[1].data, 'base64'))
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    published: () => [...packages.values()].flatMap(newest),
    close: () => server.close().closeAllConnections(),
  }
}
