/**
 * One round of alerting over many series with what is known of each read from JSON and written back, as a store would give it: read, push
 * the next point, judge the round, write. Beside it in the same run a bare pass that only reads the JSON and writes it again.
 *
 *   node bench/alerting.ts [--series 10000] [--rounds 3]
 */
import { type DetectorOptions, openDetector } from '../src/measure/anomalies/detector.ts'
import { judgeRound, type Memory } from '../src/measure/anomalies/round.ts'
import { seeded } from '../src/measure/fixture.ts'
import { count, machine, median, numberOption, timed } from './rig.ts'

const HOUR = 3_600_000
const LEARNT_HOURS = 24 * 28
const PATTERNS = 60
const series = numberOption('series', 10_000)
const rounds = numberOption('rounds', 3)
const random = seeded(7)
const start = Date.UTC(2026, 2, 2)
const kinds = ['count', 'share', 'level'] as const
const optionsOf = (place: number): DetectorOptions => ({
  stepMs: HOUR,
  zone: 'Asia/Shanghai',
  kind: kinds[place % kinds.length]!,
})

function pointOf(place: number, hour: number) {
  const n = Math.round(200 * (1 + ((hour + 8) % 24) / 12) * (0.8 + 0.4 * random()))
  const value = { count: n, share: Math.round(n * (0.03 + 0.02 * random())) / n, level: 40 + 8 * random() }
  return { at: start + hour * HOUR, value: value[kinds[place % kinds.length]!], n }
}

console.log(`alerting: ${count(series)} series, ${LEARNT_HOURS} hours known of each`)
console.log(machine())
const learnt = Array.from({ length: PATTERNS }, (_, place) => {
  const detector = openDetector(optionsOf(place))
  for (let hour = 0; hour < LEARNT_HOURS; hour++) detector.push(pointOf(place, hour))
  return JSON.stringify(detector.save())
})
const states = Array.from({ length: series }, (_, place) => learnt[place % PATTERNS]!)
let memories: (Memory | null)[] = new Array(series).fill(null)

const [bare, full] = [[] as number[], [] as number[]]
for (let round = 0; round < rounds; round++) {
  bare.push((await timed(() => states.map((text) => JSON.stringify(JSON.parse(text))))).ms)
  full.push((await timed(() => look(round))).ms)
}
console.log(
  `  a round ${(median(full) / 1000).toFixed(2)} s (slowest ${(Math.max(...full) / 1000).toFixed(2)} s), ${((median(full) / series) * 1000).toFixed(0)} µs a series, ${(median(full) / median(bare)).toFixed(1)} × reading and writing the same JSON; ${count(states[0]!.length)} characters a series`,
)
console.log(machine())

function look(round: number): number {
  const readings = states.map((text, place) => {
    const detector = openDetector(optionsOf(place), JSON.parse(text))
    const point = pointOf(place, LEARNT_HOURS + round)
    const reading = detector.push(point)
    states[place] = JSON.stringify(detector.save())
    return { reading, volume: point.n }
  })
  const { verdicts } = judgeRound(
    readings.map(({ reading, volume }, place) => ({
      series: String(place),
      reading,
      volume,
      demand: { direction: 'both', minVolume: 30, minChange: 0.2, lasts: 1 },
      memory: memories[place]!,
    })),
    { falseAlarmsAWeek: 1, roundsAWeek: 168 },
  )
  memories = verdicts.map(({ memory }) => memory)
  return verdicts.filter(({ because }) => because !== null).length
}
