import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The files of a private authority, and the key and certificate of a server of it on loopback. */
export interface Certificates {
  readonly authority: string
  readonly key: string
  readonly certificate: string
}

/** True if there is a program that makes certificates. */
export const hasOpenssl = (): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const curve = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'

/** Makes an authority and a server's certificate in a folder. */
export const makeCertificates = (folder: string): Certificates => {
  const file = (name: string) => join(folder, name)
  const openssl = (words: string) =>
    execFileSync('openssl', words.split(' '), { cwd: folder, stdio: 'ignore' })
  writeFileSync(file('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1')
  openssl(`req -x509 ${curve} -days 2 -subj /CN=Authority -keyout ca.key -out ca.pem`)
  openssl(`req ${curve} -subj /CN=localhost -keyout server.key -out server.csr`)
  openssl(
    'x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.pem',
  )
  return { authority: file('ca.pem'), key: file('server.key'), certificate: file('server.pem') }
}
