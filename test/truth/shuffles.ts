import { parseArgs } from 'node:util'
import { wilson } from '../../src/core/share.ts'
import { tenantId } from '../../src/core/tenant.ts'
import { simulateMarket } from '../../src/demo/market.ts'
import { openFixture } from '../../src/measure/fixture.ts'
import type { Analytics } from '../../src/store/clickhouse/analytics.ts'
import { trusted } from '../../src/store/clickhouse/sql.ts'
import { keepMarket, openReader } from './market-store.ts'
import { hasOlist, keepOlist, olistPeriod } from './real-orders.ts'
import { findingsOfShuffle, takeRows } from './shuffle.ts'
import { asOf, endDay, period } from './tell.ts'

/**
 * In how many shuffles of the outcomes anything at all is found. At most 5 % should: no outcome belongs to anything any more.
 *
 *   node test/truth/shuffles.ts --shuffles 200 [--from 1] [--of demo|olist]
 */
const { values } = parseArgs({
  options: {
    shuffles: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    of: { type: 'string' },
  },
})
const tenant = tenantId.parse('shuffled')
const { reader, names } = openReader()
const { analytics, close } = await openFixture()
if (values.of !== 'olist') await tryDemo(analytics)
if (values.of !== 'demo') {
  if (hasOlist) await tryOlist(analytics)
  else console.error('olist: skipped, ../shared/data is absent')
}
await close()

async function tryDemo(analytics: Analytics) {
  const market = simulateMarket({ seed: 7, endDay })
  const products = await keepMarket(analytics, reader, tenant, market)
  await shuffleAll('the demo market', period, { names, asOf, returnWindowDays: 7, products })
}

async function tryOlist(analytics: Analytics) {
  for (const table of ['orders', 'voices', 'mentions']) await analytics.command(trusted(`TRUNCATE TABLE ${table}`))
  await keepOlist(analytics, tenant)
  await shuffleAll('olist', olistPeriod, { names, asOf: Date.parse('2018-07-01'), returnWindowDays: 7 })
}

async function shuffleAll(
  what: string,
  [from, to]: readonly [string, string],
  asking: Parameters<typeof findingsOfShuffle>[3],
) {
  const dealt = await takeRows(analytics, tenant, from, to)
  let withAny = 0
  for (let at = 0; at < Number(values.shuffles); at++) {
    const found = await findingsOfShuffle(analytics, dealt, Number(values.from) + at, asking)
    if (found.length > 0) withAny++
    console.log(`${what} ${Number(values.from) + at}: ${found.length === 0 ? 'nothing' : found.join('; ')}`)
  }
  const { value, low, high } = wilson(withAny, Number(values.shuffles))
  const percent = (x: number | null) => (100 * x!).toFixed(1)
  console.error(
    `${what}: something found in ${withAny} of ${values.shuffles} shuffles (${percent(value)} %, 95 % interval ${percent(low)} to ${percent(high)})`,
  )
}
