import { expect, test } from 'vitest'
import { tenantId } from '../core/tenant.ts'
import type { Stores } from '../store/open.ts'
import { commit } from './commit.ts'
import type { NewBatch } from './inbox.ts'

const batch = (n: number): NewBatch => ({
  tenant: tenantId.parse('t'),
  kind: 'events',
  source: 's',
  idempotencyKey: `k${n}`,
  bodyHash: 'h',
  records: `[${n}]`,
  count: 1,
  answer: {},
  dead: [],
  importId: null,
})

/** A PostgreSQL that fails as told, and counts what it is asked. */
function failing(errorOf: (statement: { values: unknown[] }) => Error | undefined) {
  const asked: unknown[][] = []
  const query = async (statement: { values: string[] }) => {
    asked.push(statement.values)
    const error = errorOf(statement)
    if (error) throw error
    const keys = statement.values.filter((_, i) => i % 8 === 3)
    return { rows: keys.map((key, i) => ({ id: `${i}`, tenant: 't', idempotency_key: key })) }
  }
  return { asked, stores: { db: {}, pg: { query } } as unknown as Stores }
}
const coded = (code: string, message: string) => Object.assign(new Error(message), { code })

test('a full disk, a failed fsync or a broken connection is told as such, and never tried again as if it had worked', async () => {
  for (const error of [
    coded('53100', 'could not extend file: No space left on device'),
    coded('58030', 'could not fsync file: Input/output error'),
    coded('XX000', 'PANIC'),
    coded('ECONNRESET', 'read ECONNRESET'),
    new Error('Connection terminated unexpectedly'),
  ]) {
    const { asked, stores } = failing(() => error)
    const answers = await Promise.all([commit(stores, batch(1)), commit(stores, batch(2)), commit(stores, batch(3))])
    for (const answer of answers) expect(answer).toMatchObject({ ok: false, problem: { code: 'store_away' } })
    expect(asked.flat().filter((value) => value === 'k2')).toHaveLength(1)
  }
})

test('a batch that PostgreSQL cannot take is a bug of its own and takes no other with it', async () => {
  const { stores } = failing(({ values }) =>
    values.includes('k2') ? coded('22021', 'invalid byte sequence') : undefined,
  )
  const [one, two, three] = await Promise.allSettled([1, 2, 3].map((n) => commit(stores, batch(n))))
  expect([one!.status, two!.status, three!.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('what waits for a store that hangs is bounded: then senders are told that it is busy', async () => {
  let go = () => {}
  const hanging = new Promise<void>((resolve) => {
    go = resolve
  })
  const { stores } = failing(() => undefined)
  const { query } = stores.pg
  stores.pg.query = (async (statement: never) => {
    await hanging
    return (query as (statement: never) => Promise<unknown>)(statement)
  }) as typeof stores.pg.query
  const records = `["${'x'.repeat(1024 * 1024)}"]`
  const sent = Array.from({ length: 100 }, (_, n) => commit(stores, { ...batch(n), records }))
  expect(await sent[99]).toMatchObject({ ok: false, problem: { code: 'busy' } })
  go()
  const kept = (await Promise.all(sent)).filter((answer) => answer.ok)
  expect(kept.length).toBeGreaterThan(60)
  expect(kept.length).toBeLessThan(70)
})
