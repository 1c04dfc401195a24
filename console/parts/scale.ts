import type { Change, Estimate } from '../../src/http/shapes.ts'

/** Where things lie on a shared axis. */
export interface Scale {
  min: number
  max: number
  ticks: number[]
}

/** A round step that gives about `wanted` ticks: 1, 2 or 5 times a power of ten. */
function roundStep(span: number, wanted: number): number {
  const rough = span / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const times = rough / power
  return (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10) * power
}

/** An axis that holds all values (and `include`, such as zero), with round ticks. */
export function scaleOver(values: readonly (number | null)[], include: readonly number[] = [], wanted = 4): Scale {
  const known = [...values, ...include].filter((value): value is number => value !== null && Number.isFinite(value))
  if (known.length === 0) return { min: 0, max: 1, ticks: [0, 1] }
  const low = Math.min(...known)
  const high = Math.max(...known)
  const span = high - low || Math.abs(high) || 1
  const step = roundStep(span, wanted)
  const ticks: number[] = []
  for (let i = Math.ceil((low - span * 0.02) / step); i * step <= high + span * 0.02; i += 1)
    ticks.push(Number((i * step).toPrecision(12)))
  return { min: low - span * 0.04, max: high + span * 0.04, ticks }
}

/** 0–100, for a style's per cent. */
export function place(value: number, scale: Scale): number {
  const share = (value - scale.min) / (scale.max - scale.min || 1)
  return Math.min(1, Math.max(0, share)) * 100
}

export function holds(interval: { low: number | null; high: number | null }, reference: number): boolean {
  return interval.low !== null && interval.high !== null && interval.low <= reference && interval.high >= reference
}

export type Tone = 'good' | 'bad' | 'unsure' | 'focus'

/** Better or worse, from the sign and what is wanted; within chance it is neither. */
export function toneOf(change: Pick<Change, 'value' | 'moreThanChance'>, higherIsBetter: boolean): Tone {
  if (!change.moreThanChance || change.value === 0) return 'unsure'
  return change.value > 0 === higherIsBetter ? 'good' : 'bad'
}

export const ends = (estimates: readonly Pick<Estimate, 'low' | 'high' | 'value'>[]) =>
  estimates.flatMap((one) => [one.low, one.high, one.value])
