import { z } from 'zod'
import type { Caller } from '../../app/access.ts'
import type { RecordKind } from '../../app/ingest.ts'
import type { App } from '../../app.ts'
import { fail, ok, type Problem, type Result } from '../../core/result.ts'
import type { TenantId } from '../../core/tenant.ts'
import { defineEndpoint } from '../endpoint.ts'
import type { Accepted } from '../shapes.ts'
import { accepted, importList, settings } from '../shapes.ts'

const MAX_RECORDS = 1_000

/** A body of records. */
export const batch = z.union(
  [z.array(z.unknown()), z.object({ records: z.array(z.unknown()) }).transform((body) => body.records)],
  { error: 'the body is neither a list of records, [{…}, …], nor {"records": [{…}, …]}' },
)

/** POST /voices and its sisters: one array of records, up to 1,000, answered once it is committed and fsynced. */
const accepting = (kind: RecordKind) =>
  defineEndpoint({
    method: 'post',
    path: `/${kind}`,
    summary: `Take up to ${MAX_RECORDS} ${kind}; header Idempotency-Key makes a repeat safe. Shapes: docs/records.md`,
    right: 'ingest',
    body: batch,
    answer: accepted,
    run: ({ app, caller, tenant, body, header }) => takeBatch(app, { caller, tenant, kind, header, records: body }),
  })

export async function takeBatch(
  app: App,
  asked: {
    caller: Caller
    tenant: TenantId
    kind: RecordKind
    header(name: string): string | undefined
    records: unknown[]
    bodyText?: string
  },
): Promise<Result<Accepted>> {
  const { caller, header, records, ...rest } = asked
  if (records.length === 0) return fail({ code: 'empty', message: 'the batch holds no records' })
  if (records.length > MAX_RECORDS) {
    return fail({
      code: 'too_large',
      message: `the batch holds ${records.length} records; the limit is ${MAX_RECORDS}`,
      remedy: 'send several batches',
    })
  }
  const source = header('daystar-source') ?? caller.source ?? 'http'
  if (caller.source !== undefined && source !== caller.source) return fail(otherSource(caller.source))
  return app.ingest.accept({ ...rest, source, records, idempotencyKey: header('idempotency-key') })
}

const otherSource = (own: string): Problem => ({
  code: 'forbidden',
  message: `this key sends under the source "${own}" alone`,
  remedy: 'leave the header Daystar-Source out, or make a key for the other source',
  where: 'Daystar-Source',
})

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
    method: 'get',
    path: '/imports',
    summary: 'The newest imports of files, and how far those are that are on their way or were broken off',
    right: 'read',
    answer: importList,
    run: async ({ app, tenant }) => ok({ imports: await app.ingest.imports(tenant) }),
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
