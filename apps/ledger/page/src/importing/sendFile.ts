import { decode, draw } from '@finetune-kit/codec'
import { ApiError } from '../api/ask.ts'
import { ErrorBody } from '../../../src/api/ErrorBody.ts'
import { ImportStatus } from '../../../src/api/imports.ts'

interface SendOptions {
  readonly run: string | undefined
  readonly signal: AbortSignal
  readonly onProgress: (sent: number) => void
}

/**
 * Sends a file to be imported. By `XMLHttpRequest`: `fetch` does not tell how much of a body was
 * sent.
 */
export const sendFile = (file: File, { run, signal, onProgress }: SendOptions): Promise<ImportStatus> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const fail = (sentence: string) => reject(new ApiError(sentence))
    const parameters = new URLSearchParams({ name: file.name })
    if (run !== undefined) parameters.set('run', run)
    request.open('POST', `api/imports?${parameters}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded))
    request.addEventListener('error', () => {
      const isReadable = file.slice(0, 1).arrayBuffer()
      isReadable.then(
        () => fail('The server does not answer. Is it still running?'),
        () => fail(unreadable),
      )
    })
    request.addEventListener('abort', () => fail('Cancelled.'))
    request.addEventListener('load', () => {
      const body = parse(request.responseText)
      const status = decode(ImportStatus)(body)
      if (request.status < 300 && status._tag === 'Right') resolve(status.right)
      else if (ErrorBody.is(body)) fail(body.error.message)
      // the server itself takes a file of any size
      else if (request.status === 413) fail(tooLarge)
      else
        fail(
          status._tag === 'Left' && request.status < 300
            ? draw(status.left)
            : `The server answered ${request.status}.`,
        )
    })
    // a file that is sent may be in the hands of the server: only its answer names the import
    let isSent = false
    request.upload.addEventListener('load', () => (isSent = true))
    signal.addEventListener('abort', () => isSent || request.abort())
    request.send(file)
  })

const unreadable = 'It cannot be read: it is a folder, or was changed or removed since it was chosen.'

const tooLarge =
  'A proxy before the server takes no file of this size (413). Its limit for the body of a request has to be raised.'

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
