import { parseArgs } from 'node:util'
import { wilson } from '../../src/core/share.ts'
import { openFixture } from '../../src/measure/fixture.ts'
import { loadReader } from '../../src/understand/reader.ts'
import { falseRate, type Tried, tryWorld } from './alert-worlds.ts'

/**
 * How soon the planted faults are found, and how often something is told that nobody planted:
 * `node test/truth/alerts.ts --worlds 20 --from 401`. Every second world is one in which nothing special happens. What customers wrote is
 * read with the product's own reader. Counted are the weeks in which a series could be judged. `--faults`: only how soon; every world has
 * the faults, and what customers wrote is left out (series of voices are missing then, so all others get a little more of the budget).
 * `--times 2`: twice as many orders.
 */
const { values } = parseArgs({
  options: {
    worlds: { type: 'string' },
    from: { type: 'string' },
    faults: { type: 'boolean' },
    times: { type: 'string' },
  },
})
const worlds = Number(values.worlds ?? 20)
const from = Number(values.from ?? 401)
const times = Number(values.times ?? 1)
const HOUR = 3_600_000

const reader = values.faults ? undefined : loadReader()
const { analytics, close } = await openFixture()
const tried: Tried[] = []
for (let place = 0; place < worlds; place++) {
  const quiet = !values.faults && place % 2 === 1
  const one = await tryWorld(analytics, from + place, quiet ? [] : undefined, { reader, times })
  tried.push(one)
  const told = one.falseAlarms.map((group) => `${group.alarms[0]!.ruleId}/${group.alarms[0]!.segment}`).join(' ')
  console.log(
    `world ${one.seed}${quiet ? ' (nothing planted)' : `: ${hours(one)}`}; false alarms ${one.falseAlarms.length} in ${one.judgedWeeks.toFixed(0)} weeks of a series ${told}`,
  )
}
await close()

function hours({ paymentsAfter, paymentsAfterFourth, slowAfterFirst, slowAfterThird }: Tried): string {
  const written = (ms: number | null) => (ms === null ? '–' : `${(ms / HOUR).toFixed(1)} h`)
  return `payments ${written(paymentsAfter)} after the release, ${written(paymentsAfterFourth)} after the fourth customer who could not pay; slow shop ${written(slowAfterFirst)} after its first, ${written(slowAfterThird)} after its third late answer`
}

const faulty = tried.filter((_, place) => values.faults || place % 2 === 0)
function within(of: (one: Tried) => number | null, limit: number): string {
  const found = faulty.filter((one) => (of(one) ?? Number.POSITIVE_INFINITY) <= limit).length
  const { low, high } = wilson(found, faulty.length)
  return `${found} of ${faulty.length} (95% interval ${Math.round(100 * low!)}–${Math.round(100 * high!)} %)`
}
console.log(`payments within an hour of the release: ${within((one) => one.paymentsAfter, HOUR)}`)
console.log(`payments within two hours of the release: ${within((one) => one.paymentsAfter, 2 * HOUR)}`)
console.log(
  `payments within a quarter of an hour of the fourth who could not pay: ${within((one) => one.paymentsAfterFourth, HOUR / 4)}`,
)
console.log(`slow shop within an hour of its third late answer: ${within((one) => one.slowAfterThird, HOUR)}`)
const alarms = tried.reduce((sum, one) => sum + one.falseAlarms.length, 0)
const weeks = tried.reduce((sum, one) => sum + one.judgedWeeks, 0)
console.log(
  `false alarms: ${alarms} in ${weeks.toFixed(0)} judged weeks of a series (${tried[0]!.series} series a world): ${falseRate(tried).toFixed(2)} a week per 100 series`,
)
