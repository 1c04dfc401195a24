import { hash } from 'node:crypto'
import { reach } from '../../core/reach/reach.ts'
import { fail, ok, type Problem, type Result } from '../../core/result.ts'
import { type Json, parseJson } from '../../listen/decode/json.ts'
import { payloadOf } from '../../listen/decode/payload.ts'
import type { Ask, Delivery } from '../../listen/source/source.ts'
import { type Taken, take } from '../../listen/take.ts'
import type { Core } from '../core.ts'
import type { Book, Connection } from './book.ts'

const ASK_TIMEOUT_MS = 10_000
const MOST_BYTES = 8 * 1024 * 1024

/**
 * What another system sends by itself: proven first, then read by its source, then in the inbox before it is answered. The same delivery
 * sent again gets the first answer, and nothing is stored twice. Problems: `not_found`, `connection_paused`, those of the signature, of the
 * payload, and of `accept`.
 */
export function createDeliveries(
  core: Pick<Core, 'stores' | 'tenancy' | 'config'>,
  book: Book,
  onTaken: (connection: Connection) => void,
) {
  async function receive(id: string, delivery: Delivery): Promise<Result<Taken>> {
    const connection = await book.find(id)
    if (connection?.way !== 'webhook') return fail(UNKNOWN)
    if (connection.paused) return fail(PAUSED)
    const taken = await proven(connection, delivery)
    if (taken.ok) await book.noteSuccess(connection, taken.value.kept, delivery.receivedAt)
    else await book.noteFailure(connection, taken.problem, delivery.receivedAt)
    onTaken(connection)
    return taken
  }

  async function proven(connection: Connection, delivery: Delivery): Promise<Result<Taken>> {
    const { source, tenant, settings } = connection
    const webhook = source.webhook!
    const verified = webhook.verify(delivery, connection.secret)
    if (!verified.ok) return verified
    const payload = await payloadOf(delivery.body, delivery.header('content-type'))
    if (!payload.ok) return payload
    const { zone } = await core.tenancy.find(tenant)
    const ask =
      settings.baseUrl === undefined
        ? undefined
        : asker(core.config.allow ?? [], settings.baseUrl, webhook.credentials?.(settings))
    const items = await webhook.read(payload.value, { zone, settings, delivery, ...(ask && { ask }) })
    if (!items.ok) return items
    const name = webhook.deliveryId?.(delivery, payload.value) ?? hash('sha256', delivery.body, 'base64url')
    return take(core.stores, {
      ...{ tenant, zone, source: source.id, items: items.value },
      name: `${connection.id}\n${name}`,
      raw: payload.value,
    })
  }

  return { receive }
}

/** Asks the system of a connection, at its own address alone. */
function asker(allowed: readonly string[], baseUrl: string, headers: Record<string, string> = {}): Ask {
  return (path) => getJson(allowed, `${baseUrl.replace(/\/+$/, '')}${path}`, headers)
}

/** Problems: those of `reach`; `system_refused` for a status of 400 and above (`busy` for 429); `payload_invalid`. */
export async function getJson(
  allowed: readonly string[],
  url: string,
  headers: Record<string, string>,
  timeoutMs = ASK_TIMEOUT_MS,
): Promise<Result<Json, Problem & { retryAfterMs?: number }>> {
  const reached = await reach({
    url,
    headers: { accept: 'application/json', ...headers },
    timeoutMs,
    mostBytes: MOST_BYTES,
    allowed,
  })
  if (!reached.ok) return reached
  const { status, text, retryAfter } = reached.value
  const { origin } = new URL(url)
  if (status === 429)
    return fail({
      code: 'busy',
      message: `${origin} asks to be left alone for a while.`,
      ...(retryAfter !== null && { retryAfterMs: retryAfter * 1_000 }),
    })
  if (status >= 400)
    return fail({
      code: 'system_refused',
      message: `${origin} answers ${status}.`,
      remedy:
        status === 401 || status === 403
          ? 'Check the credentials of the connection.'
          : 'Check the address of the connection.',
    })
  try {
    return ok(parseJson(text))
  } catch {
    return fail({ code: 'payload_invalid', message: `${origin} did not answer in JSON.`, remedy: 'Check the address.' })
  }
}

const UNKNOWN: Problem = { code: 'not_found', message: 'there is no connection at this address' }
const PAUSED: Problem = {
  code: 'connection_paused',
  message: 'this connection is paused',
  remedy: 'resume it in the console under Sources, or stop the sender',
}
