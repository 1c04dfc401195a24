import type { Words } from '../../core/words.ts'
import type { Unit } from '../../measure/indicators/define.ts'
import type { Kpi, Module } from '../../measure/modules/define.ts'
import { indicatorOf, type KpiFigure } from '../../measure/modules/measure.ts'
import {
  type JudgedTarget,
  judgeTarget,
  type Target,
  type TargetVerdict,
  targetVerdicts,
} from '../../measure/modules/target.ts'

/** What a module's praise is called: it is the share of the indicator, of fewer aspects. */
const praiseWords = {
  zh: '口碑：好评占比',
  en: 'What is said: praise',
  formula: 'positive mentions among all mentions of the aspects that belong to the module',
  formulaZh: '提及本模块所属方面的声音中，正面提及的占比',
}

export interface KpiView extends Words, KpiFigure, JudgedTarget {
  unit: Unit
  higherIsBetter: boolean
  formula: string
  formulaZh: string
  by: string[]
  own: boolean
  send: Words
  /** Days until a case is known; 0 where it is at once. */
  knownAfterDays: number
  target: Target | null
}

/** A figure with its words, its target and what is to be said of it. */
export function viewOf(kpi: Kpi, figure: KpiFigure, target: Target | null): KpiView {
  const { zh, en, unit, higherIsBetter, formula, formulaZh } = indicatorOf(kpi, [])
  return {
    ...figure,
    ...{ zh, en, unit, higherIsBetter, formula, formulaZh },
    ...(kpi.id === 'praise' && praiseWords),
    ...{ by: [...kpi.by], own: kpi.own !== undefined, send: kpi.send, knownAfterDays: kpi.knownAfterDays ?? 0, target },
    ...judgeTarget(figure.estimate, target, { higherIsBetter, lastDay: figure.period.to }),
  }
}

export type Counts = Record<TargetVerdict, number> & { better: number; worse: number }

/** How many figures reach their target, and how many became better or worse by more than chance. */
export function countOf(views: readonly KpiView[]): Counts {
  const verdicts = targetVerdicts.map((verdict) => [verdict, views.filter((one) => one.verdict === verdict).length])
  const moved = views.filter((one) => one.judgement === 'more_than_chance')
  return {
    ...(Object.fromEntries(verdicts) as Record<TargetVerdict, number>),
    better: moved.filter((one) => isBetter(one)).length,
    worse: moved.filter((one) => !isBetter(one)).length,
  }
}

const isBetter = ({ change, higherIsBetter }: KpiView): boolean =>
  change !== null && change.value > 0 === higherIsBetter

/**
 * The figure to look at first: of those that surely miss their target the one farthest off, measured in widths of its interval, since
 * units differ; else the one that became worse with the least q; else none.
 */
export function worstOf(views: readonly KpiView[]): string | null {
  const missed = views.filter(({ verdict }) => verdict === 'missed' || verdict === 'not_yet')
  const far = ({ gap }: KpiView) => Math.abs(gap!.value) / (gap!.high! - gap!.low! || Number.EPSILON)
  const [farthest] = missed.sort((one, other) => far(other) - far(one))
  if (farthest) return farthest.id
  const worse = views.filter((one) => one.judgement === 'more_than_chance' && !isBetter(one))
  return worse.sort((one, other) => one.q! - other.q!)[0]?.id ?? null
}

export const wordsOf = ({ touchpoints, id, zh, en, about }: Module) => ({
  ...{ id, zh, en, about },
  touchpoints: [...touchpoints],
})
