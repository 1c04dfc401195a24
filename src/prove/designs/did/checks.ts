import type { Proof } from '../../proof.ts'
import { type Contrast, contrast } from './contrast.ts'
import {
  changesOf,
  deviationsIn,
  differenceInDifferences,
  type ProductCounts,
  type Spans,
  slopesBefore,
} from './panel.ts'
import { permutationP } from './permutation.ts'

export interface Arms {
  treated: readonly ProductCounts[]
  control: readonly ProductCounts[]
}

export type Check = Proof['checks'][number]

/** Three looks at the time before the change share one error of 5 %. */
const ALPHA = 0.05 / 3

/**
 * What would make the comparison unbelievable, looked at where there was nothing to see yet: did the arms drift apart before the
 * change, did any week stand out, does a change that never happened show an effect. The last check does without any distribution.
 */
export function checkDesign(arms: Arms, spans: Spans, effect: Contrast): Check[] {
  return [
    checkSlope(arms),
    checkWeeksBefore(arms, spans),
    checkPlaceboDate(arms, spans),
    checkPermutation(arms, spans, effect),
  ]
}

/** The checks that a verdict stands on. One that could not be made (too few weeks) is unknown, not passed. */
export const holdsBefore = (checks: readonly Check[]): boolean =>
  checks.every(({ id, ok }) => id === 'permutation' || ok !== false)

function checkSlope({ treated, control }: Arms): Check {
  const slope = contrast(slopesBefore(treated), slopesBefore(control))
  const ok = slope && slope.p > ALPHA
  return {
    id: 'slope_before',
    ok,
    zh: said(ok, '改动之前，两组走势平行', '改动之前，两组走势已经分开', '改动之前的周数太少，看不出两组走势是否平行'),
    en: said(
      ok,
      'Before the change the two groups moved in parallel',
      'The groups were drifting apart before the change',
      'Too few weeks before the change to see a trend',
    ),
  }
}

function checkWeeksBefore({ treated, control }: Arms, { before }: Spans): Check {
  const ps: number[] = []
  for (let week = before[0]; week <= before[1]; week++) {
    const gap = contrast(deviationsIn(treated, week, before), deviationsIn(control, week, before))
    if (gap && gap.se > 0) ps.push(gap.p)
  }
  // Bonferroni over the weeks: at least one of many weeks always looks odd.
  const ok = ps.length < 2 ? null : Math.min(...ps) * ps.length > ALPHA
  return {
    id: 'weeks_before',
    ok,
    zh: said(
      ok,
      '改动之前，没有哪一周的差距超出波动',
      '改动之前，有的周差距已超出波动',
      '改动之前的周数太少，无法逐周核对',
    ),
    en: said(
      ok,
      'No week before the change stands out',
      'Some week before the change already stands out',
      'Too few weeks before the change to check one by one',
    ),
  }
}

/** The weeks before the change cut in two: nothing happened between the halves, so nothing may show. */
function checkPlaceboDate({ treated, control }: Arms, { before }: Spans): Check {
  const middle = before[0] + Math.ceil((before[1] - before[0] + 1) / 2)
  const placebo =
    before[1] - before[0] < 1
      ? null
      : differenceInDifferences(treated, control, { before: [before[0], middle - 1], after: [middle, before[1]] })
  const ok = placebo && placebo.p > ALPHA
  return {
    id: 'placebo_date',
    ok,
    zh: said(
      ok,
      '假设改动发生得更早，看不到效果',
      '假设改动发生得更早，也能看到“效果”',
      '改动之前的时间太短，无法假设更早的日期',
    ),
    en: said(
      ok,
      'A made-up earlier date shows no effect',
      'A made-up earlier date shows an “effect” too',
      'Too little time before the change for a made-up date',
    ),
  }
}

function checkPermutation({ treated, control }: Arms, spans: Spans, effect: Contrast): Check {
  const p = permutationP(changesOf(treated, spans), changesOf(control, spans))
  const ok = p === null ? null : p <= 0.05 === effect.p <= 0.05
  return {
    id: 'permutation',
    ok,
    zh: said(
      ok,
      `随机换组核对，结论一致（p ${round(p)}）`,
      `随机换组核对，结论不一致（p ${round(p)}）`,
      '无法随机换组核对',
    ),
    en: said(
      ok,
      `Shuffling the groups agrees (p ${round(p)})`,
      `Shuffling the groups disagrees (p ${round(p)})`,
      'The groups cannot be shuffled',
    ),
  }
}

const round = (p: number | null) => (p === null ? '' : p.toFixed(3))
const said = (ok: boolean | null, yes: string, no: string, unknown: string) => (ok === null ? unknown : ok ? yes : no)
