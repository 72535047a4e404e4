/** A service in a process of its own: every job is running and has 20 events. Prints its address. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { simulateJobs } from '@finetune-kit/model/testing'

const [simulated] = simulateJobs()
const job = simulated?.snapshots.find(({ status }) => status === 'running')
const events = simulated?.events.slice(0, 20).toReversed() ?? []

const eventsOf = (id: string) => events.map(event => Object.assign({}, event, { id: `${event.id}-${id}` }))

const server = createServer((request, response) => {
  const [, id = '', resource] = /jobs\/([^/?]+)(?:\/(\w+))?/.exec(request.url ?? '') ?? []
  const body =
    resource === undefined
      ? { ...job, id }
      : {
          object: 'list',
          data: resource === 'events' ? eventsOf(id) : [],
          has_more: false,
        }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
})
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1\n`),
)
