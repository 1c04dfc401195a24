import { seeded } from '../../src/measure/fixture.ts'
import type { Series } from './corpus.ts'

/** Simulated series of many shapes with planted anomalies: the ground on which choices are made, so that none is made on the real ones. */
interface Draw {
  uniform(): number
  normal(): number
}

interface Shape {
  name: string
  stepMs: number
  length: number
  /** The clean series. */
  clean(place: number, draw: Draw, memory: { value: number }): number
  /** What may go wrong, as a change of the value while it lasts. */
  faults: readonly Fault[]
}

interface Fault {
  /** Points. */
  lasts: number
  change(value: number, since: number, draw: Draw): number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const hourOf = (place: number, stepMs: number) => ((place * stepMs) / HOUR) % 24
const weekdayOf = (place: number, stepMs: number) => Math.floor((place * stepMs) / (24 * HOUR)) % 7
const busy = (hour: number) => 0.25 + Math.exp(-(((hour - 14) / 5) ** 2)) + 0.6 * Math.exp(-(((hour - 20) / 2) ** 2))
const walk = (memory: { value: number }, keep: number, step: number) => {
  memory.value = keep * memory.value + step
  return memory.value
}
const factor = (times: number, lasts: number): Fault => ({ lasts, change: (value) => value * times })
const flat = (at: number, lasts: number): Fault => ({ lasts, change: () => at })

const shapes: readonly Shape[] = [
  {
    name: 'orders an hour',
    stepMs: HOUR,
    length: 2_400,
    clean: (place, draw) => {
      const mean = 80 * busy(hourOf(place, HOUR)) * (weekdayOf(place, HOUR) > 4 ? 1.35 : 1)
      return Math.max(0, Math.round(mean * Math.exp(0.08 * draw.normal()) + Math.sqrt(mean) * draw.normal()))
    },
    faults: [factor(0.3, 4), factor(2.2, 3), factor(0.55, 24), factor(1.6, 48), flat(0, 5)],
  },
  {
    name: 'rides a half hour',
    stepMs: 30 * MINUTE,
    length: 4_800,
    clean: (place, draw, memory) =>
      15_000 *
      busy(hourOf(place, 30 * MINUTE)) *
      (weekdayOf(place, 30 * MINUTE) > 4 ? 0.85 : 1) *
      Math.exp(walk(memory, 0.9, 0.03 * draw.normal())),
    faults: [factor(0.6, 40), factor(1.35, 30), factor(0.25, 20), factor(0.75, 48)],
  },
  {
    name: 'processor',
    stepMs: 5 * MINUTE,
    length: 4_032,
    clean: (_, draw, memory) =>
      35 + walk(memory, 0.8, 1.2 * draw.normal()) + (draw.uniform() < 0.01 ? 12 + 8 * draw.uniform() : 0),
    faults: [
      { lasts: 120, change: (value) => value + 14 },
      { lasts: 200, change: (value) => value - 12 },
      { lasts: 2, change: (value) => value + 55 },
      flat(35, 150),
    ],
  },
  {
    name: 'daily square',
    stepMs: 5 * MINUTE,
    length: 4_032,
    clean: (place, draw) =>
      (hourOf(place, 5 * MINUTE) >= 9 && hourOf(place, 5 * MINUTE) < 18 ? 80 : 20) + 8 * draw.uniform(),
    faults: [
      flat(25, 100),
      factor(1.6, 100),
      factor(0.5, 100),
      { lasts: 200, change: (value, _, draw) => value + 20 * draw.normal() },
    ],
  },
  {
    name: 'mentions',
    stepMs: 5 * MINUTE,
    length: 6_000,
    clean: (place, draw) => {
      const mean = 12 * busy(hourOf(place, 5 * MINUTE)) * Math.exp(0.5 * draw.normal())
      return Math.max(
        0,
        Math.round(mean + Math.sqrt(mean) * draw.normal() + (draw.uniform() < 0.003 ? 60 * draw.uniform() : 0)),
      )
    },
    faults: [
      factor(10, 3),
      { lasts: 40, change: (value, since) => value * (1 + 8 * Math.exp(-since / 12)) },
      factor(3, 60),
    ],
  },
  {
    name: 'latency',
    stepMs: 5 * MINUTE,
    length: 4_032,
    clean: (_, draw) => 45 * Math.exp(0.08 * draw.normal()) * (draw.uniform() < 0.008 ? 1 + draw.uniform() : 1),
    faults: [
      factor(1.35, 60),
      { lasts: 80, change: (value, since) => value * (1 + since / 60) },
      factor(3.5, 2),
      factor(0.6, 50),
    ],
  },
  {
    name: 'temperature',
    stepMs: HOUR,
    length: 5_000,
    clean: (place, draw, memory) =>
      70 +
      2.5 * Math.sin((2 * Math.PI * hourOf(place, HOUR)) / 24) +
      walk(memory, 0.99, 0.3 * draw.normal()) +
      0.6 * draw.normal(),
    faults: [
      { lasts: 90, change: (value, since) => value - 0.15 * since },
      { lasts: 30, change: (value) => value - 9 },
      { lasts: 40, change: (value) => value + 8 },
      flat(71, 80),
    ],
  },
  {
    name: 'traffic',
    stepMs: 10 * MINUTE,
    length: 2_000,
    clean: (place, draw, memory) => {
      const rush =
        Math.exp(-(((hourOf(place, 10 * MINUTE) - 8) / 1.5) ** 2)) * (weekdayOf(place, 10 * MINUTE) > 4 ? 0.2 : 1)
      return Math.max(5, 68 - 18 * rush + walk(memory, 0.6, 3 * draw.normal()))
    },
    faults: [factor(0.35, 10), factor(0.5, 20), { lasts: 14, change: (_, since) => 20 + since }],
  },
  {
    name: 'hourly jobs',
    stepMs: 5 * MINUTE,
    length: 4_032,
    clean: (place, draw) => (place % 24 === 0 ? 60 + 10 * draw.normal() : 4) + Math.abs(1.5 * draw.normal()),
    faults: [flat(4, 80), { lasts: 60, change: (value, since) => (since % 5 === 0 ? 65 : value) }, factor(2.5, 30)],
  },
  {
    name: 'cost a click',
    stepMs: HOUR,
    length: 1_600,
    clean: (place, draw) =>
      0.09 *
      Math.exp(0.25 * draw.normal() + (draw.uniform() < 0.01 ? 0.8 : 0)) *
      (0.8 + 0.2 * busy(hourOf(place, HOUR))),
    faults: [factor(3.5, 4), factor(1.8, 20), factor(6, 1), factor(0.5, 30)],
  },
]

/** As the benchmark labels: all windows of a series take a tenth of it, each around the beginning of its anomaly. */
function plant(shape: Shape, seed: number): Series {
  const uniform = seeded(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  const draw = { uniform, normal }
  const faults = 1 + Math.floor(uniform() * 3)
  const half = Math.floor((0.1 * shape.length) / faults / 2)
  const first = Math.floor(0.25 * shape.length)
  const room = Math.floor((shape.length - first - half) / faults)
  const planted = Array.from({ length: faults }, (_, place) => ({
    fault: shape.faults[Math.floor(uniform() * shape.faults.length)]!,
    from: first + place * room + half + Math.floor(uniform() * Math.max(1, room - 2 * half)),
  }))
  const memory = { value: 0 }
  const values = Array.from({ length: shape.length }, (_, place) => {
    const value = shape.clean(place, draw, memory)
    const now = planted.find(({ fault, from }) => place >= from && place < from + fault.lasts)
    return now ? now.fault.change(value, place - now.from, draw) : value
  })
  return {
    name: `${shape.name} ${seed}`,
    at: values.map((_, place) => Date.UTC(2025, 0, 6) + place * shape.stepMs),
    values,
    length: shape.length,
    windows: planted.map(({ from }) => [from - half, Math.min(shape.length - 1, from + half)]),
  }
}

/** `each` series of every shape; simulated, and the same for the same seed. */
export const synthetic = (each: number, seed: number): Series[] =>
  shapes.flatMap((shape, place) =>
    Array.from({ length: each }, (_, ordinal) => plant(shape, seed + 1_000 * place + ordinal)),
  )
