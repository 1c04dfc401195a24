import { z } from 'zod'
import { fail, ok, type Result } from '../../core/result.ts'
import { type Call, defineEndpoint } from '../endpoint.ts'
import type { Accepted } from '../shapes.ts'
import { accepted, settings } from '../shapes.ts'

const MAX_RECORDS = 1_000

const batch = z.union([
  z.array(z.unknown()),
  z.object({ records: z.array(z.unknown()) }).transform((body) => body.records),
])

/** POST /voices and its sisters: one array of records, up to 1,000, answered once it is committed and fsynced. */
const accepting = (kind: 'voices' | 'events' | 'orders' | 'products') =>
  defineEndpoint({
    method: 'post',
    path: `/${kind}`,
    summary: `Take up to ${MAX_RECORDS} ${kind}; header Idempotency-Key makes a repeat safe. Shapes: docs/records.md`,
    right: 'ingest',
    body: batch,
    answer: accepted,
    run: (call) => take(kind, call),
  })

async function take(
  kind: 'voices' | 'events' | 'orders' | 'products',
  { app, caller, tenant, body, header }: Call<undefined, undefined, unknown[]>,
): Promise<Result<Accepted>> {
  if (body.length === 0) return fail({ code: 'empty', message: 'the batch holds no records' })
  if (body.length > MAX_RECORDS) {
    return fail({
      code: 'too_large',
      message: `the batch holds ${body.length} records; the limit is ${MAX_RECORDS}`,
      remedy: 'send several batches',
    })
  }
  const source = header('daystar-source') ?? caller.source ?? 'http'
  if (caller.source !== undefined && source !== caller.source) {
    return fail({
      code: 'forbidden',
      message: `this key sends under the source "${caller.source}" alone`,
      remedy: 'leave the header Daystar-Source out, or make a key for the other source',
      where: 'Daystar-Source',
    })
  }
  return app.ingest.accept({
    tenant,
    kind,
    source,
    records: body,
    idempotencyKey: header('idempotency-key'),
  })
}

export const listenEndpoints = [
  accepting('voices'),
  accepting('events'),
  accepting('orders'),
  accepting('products'),
  defineEndpoint({
    method: 'get',
    path: '/settings',
    summary: 'The tenant, its keys, imports, dead letters, engines and packs',
    right: 'read',
    answer: settings,
    run: async ({ app, tenant }) => ok(await app.settings(tenant)),
  }),
  defineEndpoint({
    method: 'post',
    path: '/dead-letters/{id}/replay',
    summary: 'Try a refused record again, after its cause was mended',
    right: 'write',
    params: z.object({ id: z.string().max(20) }),
    answer: accepted,
    run: async ({ app, tenant, params }) => app.ingest.replay(tenant, params.id),
  }),
]
