import type { Analytics } from '../../../store/clickhouse/analytics.ts'
import type { Candidate } from '../candidate.ts'
import type { CaseQuestion } from '../cases.ts'
import type { OrderOutcomeId } from '../order-outcomes.ts'
import type { Outcome } from '../outcomes.ts'
import { findFacts } from '../traits.ts'
import type { Cases } from './case.ts'
import { orderCases } from './order-cases.ts'
import { voiceCases } from './voice-cases.ts'
import { wantedOf } from './wanted.ts'

/** The cases of an outcome over the slice's own period, with what the candidates ask of them. */
export async function askCases(
  analytics: Analytics,
  outcome: Outcome,
  question: CaseQuestion,
  candidates: readonly Candidate[],
): Promise<Cases> {
  const facts = candidates.some(({ factor }) => factor === 'fact') ? await findFacts(analytics, question.slice) : []
  const wanted = wantedOf(candidates, facts, question.slice.tenant)
  return outcome.cases === 'orders'
    ? orderCases(analytics, outcome.id as OrderOutcomeId, question, wanted)
    : voiceCases(analytics, outcome.cases, question, wanted)
}
