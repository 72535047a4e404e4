/** An answer of the fake service, before a fault spoils it. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export const json = (value: unknown, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
})

export const text = (body: string, type: string, status = 200): Answer => ({
  status,
  headers: { 'content-type': type },
  body,
})

/** An error in the envelope of the service. */
export const failure = (status: number, message: string, code: string | null = null): Answer =>
  json({ error: { message, type: 'invalid_request_error', param: null, code } }, status)

export const notFound = (what: string): Answer =>
  failure(404, `Could not find ${what}`, 'fine_tune_not_found')
