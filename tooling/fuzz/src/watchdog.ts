import { Worker } from 'node:worker_threads'

/** Ends the process, with a message, if it is silent for too long. */
export interface Watchdog {
  /** Sets the message, and begins to wait again. */
  readonly begin: (message: string) => void
  readonly stop: () => void
}

const script = `
const { parentPort, workerData } = require('node:worker_threads')
let message = ''
let timer
parentPort.on('message', next => {
  message = next
  clearTimeout(timer)
  timer = setTimeout(() => {
    require('node:fs').writeSync(2, message + '\\n')
    process.kill(process.pid, 'SIGKILL')
  }, workerData)
})
`

/** Starts a watchdog in a thread of its own, since what hangs blocks its thread. */
export const watchdog = (milliseconds: number): Watchdog => {
  const worker = new Worker(script, { eval: true, workerData: milliseconds })
  worker.unref()
  return {
    // oxlint-disable-next-line require-post-message-target-origin -- a thread has no origin
    begin: message => worker.postMessage(message),
    stop: () => void worker.terminate(),
  }
}
