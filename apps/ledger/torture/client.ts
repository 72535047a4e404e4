import { Agent, request } from 'node:http'
import { once } from 'node:events'

const agent = new Agent({ keepAlive: true, maxSockets: 512 })

export interface Answer {
  readonly status: number
  readonly body: string
}

/** Sends a request as the page does. Rejects when the server is gone. */
export const send = async (
  url: string,
  path: string,
  { method = 'GET', body = '', type = 'application/json' } = {},
): Promise<Answer> => {
  const headers = { origin: url, 'content-type': type }
  const ask = async () => {
    const sent = request(`${url}${path}`, { method, headers, agent })
    sent.end(body)
    const answered = once(sent, 'response')
    // the server may close an idle connection just when it is used again: browsers ask once more
    return answered.catch(error =>
      sent.reusedSocket && method === 'GET' ? undefined : Promise.reject(error),
    )
  }
  const [response] = (await ask()) ?? (await ask()) ?? []
  if (response === undefined) throw new Error(`${path}: the connection was closed twice`)
  let text = ''
  for await (const piece of response) text += piece
  return { status: response.statusCode as number, body: text }
}

/** Uploads a file and waits for the end of its import. */
export const upload = async (
  url: string,
  name: string,
  body: string,
): Promise<{ readonly state: string }> => {
  const type = 'application/octet-stream'
  const begun = await send(url, `/api/imports?name=${name}`, { method: 'POST', body, type })
  const { id } = JSON.parse(begun.body) as { readonly id: string }
  const { body: events } = await send(url, `/api/imports/${id}/events`)
  const last = events.split('\n').findLast(line => line.startsWith('data: ')) ?? ''
  return JSON.parse(last.slice('data: '.length)) as { readonly state: string }
}
