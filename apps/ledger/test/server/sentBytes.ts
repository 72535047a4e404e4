import { once } from 'node:events'
import { request } from 'node:http'

/** The most bytes of an answer, compressed. */
export const maxBytes = 60_000

/** The bytes of the body that a browser without brotli gets. */
export const sentBytes = async (url: string, path: string): Promise<number> => {
  const sent = request(`${url}${path}`, { headers: { 'accept-encoding': 'gzip' } })
  sent.end()
  const [response] = await once(sent, 'response')
  if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode}`)
  let bytes = 0
  for await (const chunk of response) bytes += (chunk as Buffer).length
  return bytes
}
