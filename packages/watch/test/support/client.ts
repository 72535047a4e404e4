import { Client, type ClientOptions, type Page, type ServiceError } from '@finetune-kit/watch'
import * as Effect from 'effect/Effect'
import * as Redacted from 'effect/Redacted'
import * as Stream from 'effect/Stream'

export const clientOf = (baseUrl: string, options: Partial<ClientOptions> = {}) =>
  Client.make({ baseUrl, key: Redacted.make('sk-fake'), retryDelay: 1, ...options })

export const all = <A>(pages: Stream.Stream<Page<A>, ServiceError>) =>
  Effect.map(Stream.runCollect(pages), found =>
    found.flat().map(item => (item._tag === 'Right' ? item.right : item.left)),
  )

export const messageOf = <A, R>(effect: Effect.Effect<A, ServiceError, R>) =>
  Effect.map(Effect.flip(effect), ({ kind, message }) => [kind, message])
