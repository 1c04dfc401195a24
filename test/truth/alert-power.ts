import { parseArgs } from 'node:util'
import { openJudge } from '../../src/measure/alerts/judge.ts'
import { FALSE_ALARMS_A_WEEK } from '../../src/measure/alerts/rounds.ts'
import { builtinRules } from '../../src/measure/alerts/rule.ts'
import { findWatch } from '../../src/measure/alerts/watch.ts'
import { shareTails } from '../../src/measure/anomalies/tails.ts'
import { seeded } from '../../src/measure/fixture.ts'

/**
 * How soon a test can find that new customers cannot pay, at the rates of the demo market, where the usual share is known:
 * `node test/truth/alert-power.ts --perHour 5.6`. Every ten minutes the hour that ends then is looked at (what the product does), beside
 * Shiryaev–Roberts sums of likelihood ratios over five alternatives and Page's CUSUM, which knows how many fail; at last the product's own judge, that learns the usual share. All of
 * it is simulated.
 */
const { values } = parseArgs({ options: { perHour: { type: 'string' } } })
const perHour = Number(values.perHour ?? 5.6)
const USUAL = 0.0236
const BROKEN = 0.44
const STEPS = 6
const hours = Array.from({ length: 24 }, (_, hour) =>
  hour < 7 ? 0.15 : hour < 9 ? 0.7 : hour < 19 ? 1.1 : hour < 23 ? 1.6 : 0.6,
)
const mean = hours.reduce((sum, one) => sum + one, 0) / 24
const random = seeded(12)

/** Customers who tried in ten minutes, and those who failed. */
function draw(hour: number, share: number): [number, number] {
  const limit = Math.exp((-perHour * hours[hour % 24]!) / mean / STEPS)
  let n = 0
  for (let product = random(); product > limit; product *= random()) n++
  let failed = 0
  for (let one = 0; one < n; one++) if (random() < share) failed++
  return [n, failed]
}

type Look = (n: number, failed: number) => number

/** 1 / p of the hour that ends now. */
function hourBack(): Look {
  const recent: [number, number][] = []
  return (n, failed) => {
    recent.push([n, failed])
    if (recent.length > STEPS) recent.shift()
    const all = recent.reduce((sum, one) => sum + one[0], 0)
    const hits = recent.reduce((sum, one) => sum + one[1], 0)
    return hits === 0 ? 1 : 1 / shareTails(hits, all, USUAL, 0).upper
  }
}

function shiryaevRoberts(): Look {
  const shares = [2, 4, 8, 16, 32].map((ratio) => {
    const odds = (USUAL / (1 - USUAL)) * ratio
    return odds / (1 + odds)
  })
  const sums = shares.map(() => 0)
  return (n, failed) => {
    for (const [place, share] of shares.entries())
      sums[place] = (sums[place]! + 1) * (share / USUAL) ** failed * ((1 - share) / (1 - USUAL)) ** (n - failed)
    return sums.reduce((sum, one) => sum + one, 0) / sums.length
  }
}

/** Page's sums of the likelihood ratio of the share that is there when it is broken. */
function cusum(): Look {
  let sum = 0
  return (n, failed) => {
    sum = Math.max(0, sum + failed * Math.log(BROKEN / USUAL) + (n - failed) * Math.log((1 - BROKEN) / (1 - USUAL)))
    return Math.exp(sum)
  }
}

const rule = builtinRules.find(({ id }) => id === 'new-customer-payments')!
const watch = findWatch(rule.watch)!
/** Days that the product's judge has seen before it counts. */
const LEARNT_DAYS = 28

/** 1 / p of the product's judge. */
function product(): Look {
  const judge = openJudge({ rule, watch, zone: 'UTC' })
  let at = 0
  const look: Look = (n, failed) => {
    const { p, direction } = judge.step(at++ * 600_000, n, failed)
    return p === null || direction !== 'up' ? 1 : 2 / p
  }
  for (let step = 0; step < LEARNT_DAYS * 24 * STEPS; step++) look(...draw(Math.floor(step / STEPS), USUAL))
  return look
}

/** What p the budget asks of it, among so many series. */
function productLimit(series: number): number {
  const weight = (watch.stakes! * series) / (series - 1 + watch.stakes!)
  return Math.round((100 * 7 * 24 * STEPS) / (FALSE_ALARMS_A_WEEK * weight))
}

function falseAlarmsAWeek(open: () => Look, limit: number, weeks: number): number {
  let [look, alarms, quiet] = [open(), 0, 0]
  for (let step = 0; step < weeks * 7 * 24 * STEPS; step++) {
    if (look(...draw(Math.floor(step / STEPS), USUAL)) < limit) quiet = Math.max(0, quiet - 1)
    else {
      if (quiet === 0) alarms++
      quiet = 3 * STEPS
      look = open()
    }
  }
  return alarms / weeks
}

/** Hours until it is found when it begins at 19:00. */
function delay(open: () => Look, limit: number): number {
  const look = open()
  for (let step = 0; step < 19 * STEPS; step++) look(...draw(Math.floor(step / STEPS), USUAL))
  for (let step = 0; step < 12 * STEPS; step++)
    if (look(...draw(19 + Math.floor(step / STEPS), BROKEN)) >= limit) return (step + 1) / STEPS
  return Number.POSITIVE_INFINITY
}

const share = (of: readonly number[], limit: number) => (of.filter((one) => one <= limit).length / of.length).toFixed(2)
console.log(
  `${perHour} new customers an hour on average, ${((perHour * 1.6) / mean).toFixed(1)} in the evening; 2,000 weeks and 2,000 faults each`,
)
for (const [name, open, limits] of [
  ['the hour that ends now', hourBack, [1_000, 2_000, 4_000, 8_000]],
  ['Shiryaev–Roberts sums', shiryaevRoberts, [1_000, 2_000, 4_000, 8_000]],
  ['CUSUM', cusum, [200, 400, 800]],
  ['the product’s judge', product, [productLimit(232)]],
] as const)
  for (const limit of limits) {
    const delays = Array.from({ length: 2_000 }, () => delay(open, limit))
    const rate = falseAlarmsAWeek(open, limit, 2_000).toFixed(3)
    console.log(
      `${name}, limit ${limit}: ${rate} false alarms a week; within 1 h ${share(delays, 1)}, within 2 h ${share(delays, 2)}`,
    )
  }
