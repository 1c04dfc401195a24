import type { SurveySummary } from '../../../src/http/shapes.ts'
import { level, levelText, type Unit } from '../../words/format.ts'

export type ScoreKind = NonNullable<SurveySummary['lead']>['kind']

export const unitOf = (kind: ScoreKind): Unit => (kind === 'nps' ? 'points' : kind === 'csat' ? 'share' : 'score')

export const scoreText = (value: number, kind: ScoreKind): string =>
  kind === 'csat' ? levelText(value, 'share') : level(value, unitOf(kind))
