import { parseArgs } from 'node:util'
import { openFixture } from '../../src/measure/fixture.ts'
import { falseRate, type Tried, tryWorld } from './alert-worlds.ts'

/**
 * How soon the planted faults are found, and how often something is told that nobody planted:
 * `node test/truth/alerts.ts --worlds 20 --from 201`. Every second world is one in which nothing special happens.
 */
const { values } = parseArgs({ options: { worlds: { type: 'string' }, from: { type: 'string' } } })
const worlds = Number(values.worlds ?? 20)
const from = Number(values.from ?? 201)
const HOUR = 3_600_000

const { analytics, close } = await openFixture()
const tried: Tried[] = []
for (let place = 0; place < worlds; place++) {
  const quiet = place % 2 === 1
  const one = await tryWorld(analytics, from + place, quiet ? [] : undefined)
  tried.push(one)
  const told = one.falseAlarms.map((group) => `${group.alarms[0]!.ruleId}/${group.alarms[0]!.segment}`).join(' ')
  console.log(
    `world ${one.seed}${quiet ? ' (nothing planted)' : ''}: ${hours(one)}; false alarms ${one.falseAlarms.length} ${told}`,
  )
}
await close()

function hours({ paymentsAfter, slowAfterFirst, slowAfterThird }: Tried): string {
  const written = (ms: number | null) => (ms === null ? '–' : `${(ms / HOUR).toFixed(1)} h`)
  return `payments ${written(paymentsAfter)}, slow shop ${written(slowAfterFirst)} after its first, ${written(slowAfterThird)} after its third late answer`
}

const faulty = tried.filter((_, place) => place % 2 === 0)
const within = (of: (one: Tried) => number | null) =>
  `${faulty.filter((one) => (of(one) ?? Number.POSITIVE_INFINITY) <= HOUR).length} of ${faulty.length}`
console.log(`payments within the hour of the release: ${within((one) => one.paymentsAfter)}`)
console.log(`slow shop within the hour of its third late answer: ${within((one) => one.slowAfterThird)}`)
console.log(`series: ${tried[0]!.series}; false alarms a week per 100 series: ${falseRate(tried).toFixed(3)}`)
