import type { Analytics } from '../../../store/clickhouse/analytics.ts'
import type { Compared } from '../compare.ts'
import { type Fit, regress } from '../effects/fit.ts'
import { bootstrapFit, type Round } from '../effects/marginal.ts'
import { type ComparedOutcomes, compareOutcomes, type DriverQuestion } from '../find.ts'
import type { Outcome } from '../outcomes.ts'
import { repeatable } from '../pattern.ts'
import type { CaseTables } from '../table.ts'
import { askCases } from './ask.ts'
import type { Cases } from './case.ts'
import { type Design, designOf } from './design.ts'
import { chooseFactors, type Factor } from './factors.ts'

/** All factors of an outcome in one model, beside what else may make cases differ. */
export interface Model extends Cases {
  outcome: Outcome
  /** Every candidate of every outcome, by strata. */
  compared: Compared[]
  tables: CaseTables
  factors: Factor[]
  design: Design
  /** Null where there are no factors, or too few cases for a model. */
  fitted: { fit: Fit; rounds: Round[] } | null
}

/** Rounds of a bootstrap: enough for the 2.5 per cent points of an interval that is read to two digits. */
export const ROUNDS = 200

/** Any number does; it is always the same, so that a figure does not change while the data do not. */
export const SEED = 20_261_126

/**
 * How much is believed of coefficients before the data speak, as variances of a normal prior: factors within ±5 on the log-odds scale
 * (the weakly informative 2.5 of Gelman et al. 2008), levels of confounders within ±2.
 */
const PENALTY = { factor: 1 / 2.5 ** 2, confounder: 1 }

/** Below this many cases there is no model. */
const FEWEST = 200

/** The model of an outcome. Models of several outcomes of one slice share what was compared: it takes most of the time. */
export async function modelDrivers(
  analytics: Analytics,
  outcome: Outcome,
  question: DriverQuestion,
  comparedOnes: () => Promise<ComparedOutcomes> = () => compareOutcomes(analytics, question),
): Promise<Model> {
  const { asked, tables, compared, harms } = await comparedOnes()
  const factors = chooseFactors(compared, harms, outcome, question.names)
  const candidates = factors.map(({ candidate }) => candidate)
  const { cases: known, population } = await askCases(analytics, outcome, asked, candidates)
  const cases = known.filter(({ counts }) => outcome.moments(counts).n > 0)
  const design = designOf(cases, factors, outcome)
  const modelled = { cases, population, outcome, compared, tables, factors, design }
  return { ...modelled, fitted: await fitted(design, outcome, factors, cases.length) }
}

async function fitted(design: Design, outcome: Outcome, factors: readonly Factor[], n: number) {
  const { patterns, size, confounders } = design
  if (factors.length === 0 || n < FEWEST || !varies(design)) return null
  const penalty = Array.from({ length: size }, (_, place) => PENALTY[place < confounders ? 'confounder' : 'factor'])
  const fit = regress(outcome.unit === 'share' ? 'share' : 'score', patterns, penalty)
  return { fit, rounds: await bootstrapFit(fit, patterns, ROUNDS, repeatable(SEED)) }
}

function varies({ patterns }: Design): boolean {
  const total = patterns.reduce(
    (all, { n, sum, squares }) => ({ n: all.n + n, sum: all.sum + sum, squares: all.squares + squares }),
    { n: 0, sum: 0, squares: 0 },
  )
  return total.squares - (total.sum * total.sum) / total.n > 1e-9 * Math.abs(total.squares)
}
