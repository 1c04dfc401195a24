import { type Estimate, NOTHING } from '../../core/estimate.ts'
import { wilson } from '../../core/share.ts'
import { type Question, type SurveyDefinition, scaleOf } from '../../listen/surveys/definition.ts'
import type { Invitation } from '../../listen/surveys/invite.ts'
import type { Response } from '../../listen/surveys/responses.ts'
import { type Bias, biasBy } from '../../measure/surveys/bias.ts'
import { poolNps } from '../../measure/surveys/pool.ts'
import { type ScoreKind, scoreOf, tallyOf, weightedMean, worthOf } from '../../measure/surveys/score.ts'
import { bandOf, type Profile, rake, thirds } from '../../measure/surveys/weights.ts'

/** What the invited are told apart by. */
const biasDimensions = ['category', 'value', 'city', 'customer'] as const

/** How far people came. `invited` counts those of the invitation rule; the others count everybody. */
export interface Steps {
  invited: number
  shown: number
  started: number
  completed: number
  /** Of the invited, how many answered to the end; of those who saw it, how many began; of those who began, how many came to the end. */
  responseRate: Estimate
  startRate: Estimate
  completionRate: Estimate
}

export function stepsOf(responses: readonly Response[], invited: number): Steps {
  const started = responses.filter(({ startedAt }) => startedAt !== null).length
  const completed = responses.filter(({ state }) => state === 'complete').length
  const ofInvited = responses.filter(({ state, invitationId }) => state === 'complete' && invitationId !== null).length
  return {
    invited,
    shown: responses.length,
    started,
    completed,
    responseRate: wilson(ofInvited, invited),
    startRate: wilson(started, responses.length),
    completionRate: wilson(completed, started),
  }
}

/**
 * Responses without the answers that were given when their question was of another kind or scale: 1 to 5 of a satisfaction are no
 * recommendation of 0 to 10. `versions` are all that the survey has had.
 */
export function comparable(
  responses: readonly Response[],
  now: SurveyDefinition,
  versions: ReadonlyMap<number, SurveyDefinition>,
): Response[] {
  const asked = new Map(now.questions.map((question) => [question.id, kindAndScale(question)]))
  return responses.map((response) => {
    const then = versions.get(response.version)!.questions
    const alike = new Set(
      then.filter((question) => asked.get(question.id) === kindAndScale(question)).map(({ id }) => id),
    )
    return {
      ...response,
      answers: Object.fromEntries(Object.entries(response.answers).filter(([id]) => alike.has(id))),
    }
  })
}

const kindAndScale = (question: Question): string => `${question.type} ${scaleOf(question)?.max}`

/** Answers that count: those that came to an end, and partial ones as far as they went. Those over a quota do not. */
const counting = (responses: readonly Response[]) =>
  responses.filter(({ state }) => state === 'complete' || state === 'partial')

const kindOf = (question: Question): ScoreKind | null =>
  question.type === 'nps' || question.type === 'csat' || question.type === 'ces' || question.type === 'stars'
    ? question.type
    : null

export interface QuestionResult {
  id: string
  answered: number
  /** For scores. */
  score: Estimate | null
  /** The score as it would be had all the invited answered alike within their groups; null where nobody was invited. */
  weighted: (Estimate & { effective: number; coverage: number; by: string[] }) | null
  /** How many chose what: scores, options, or `row column` of a matrix. */
  counts: { key: string; n: number; share: Estimate }[]
  /** The newest texts. */
  texts: { text: string; at: number }[]
}

const TEXTS = 20

export function resultOf(
  question: Question,
  responses: readonly Response[],
  invited: ReadonlyMap<string, Invitation>,
): QuestionResult {
  const given = counting(responses).filter(({ answers }) => (answers[question.id] ?? null) !== null)
  const kind = kindOf(question)
  const numbers = kind ? given.map(({ answers }) => answers[question.id] as number) : []
  return {
    id: question.id,
    answered: given.length,
    score: kind && scoreOf(kind, numbers),
    weighted: kind && weightedScore(kind, question.id, given, invited),
    counts: countsOf(question, given),
    texts:
      question.type === 'text'
        ? given.slice(0, TEXTS).map(({ answers, savedAt }) => ({ text: answers[question.id] as string, at: savedAt }))
        : [],
  }
}

/** Over those who were invited alone: of others nobody knows whom they stand for. */
function weightedScore(
  kind: ScoreKind,
  question: string,
  given: readonly Response[],
  invited: ReadonlyMap<string, Invitation>,
): QuestionResult['weighted'] {
  const known = given.filter(({ invitationId }) => invitationId !== null && invited.has(invitationId))
  if (known.length === 0) return null
  const profileOf = profiles(invited)
  const { weights, coverage, dimensions } = rake(
    known.map(({ invitationId }) => profileOf(invited.get(invitationId!)!)),
    [...invited.values()].map(profileOf),
    biasDimensions,
  )
  const worth = known.map(({ answers }) => worthOf(kind, answers[question] as number))
  return { ...weightedMean(worth, weights), coverage, by: dimensions }
}

function profiles(invited: ReadonlyMap<string, Invitation>): (of: Invitation) => Profile {
  const currency = commonCurrency([...invited.values()])
  const amount = (one: Invitation) => (one.currency === currency ? one.valueMinor : null)
  const cuts = thirds([...invited.values()].flatMap((one) => amount(one) ?? []))
  return (one) => ({
    category: one.category,
    value: bandOf(amount(one), cuts),
    city: one.city,
    customer: one.newCustomer === null ? '' : one.newCustomer ? 'new' : 'old',
  })
}

/** The currency of most invitations with a value. Amounts in others are not compared with it: nobody knows what they are worth in it. */
function commonCurrency(invited: readonly Invitation[]): string | undefined {
  const counts = new Map<string, number>()
  for (const { valueMinor, currency } of invited)
    if (valueMinor !== null) counts.set(currency, (counts.get(currency) ?? 0) + 1)
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0]
}

export function biasOf(responses: readonly Response[], invited: ReadonlyMap<string, Invitation>): Bias[] {
  const profileOf = profiles(invited)
  const asked = [...invited.values()].map(profileOf)
  const told = responses
    .filter(({ state, invitationId }) => state === 'complete' && invitationId !== null && invited.has(invitationId))
    .map(({ invitationId }) => profileOf(invited.get(invitationId!)!))
  return biasDimensions
    .map((dimension) => biasBy(asked, told, dimension))
    .map((bias) => (bias.dimension === 'value' ? { ...bias, rows: inOrder(bias.rows) } : bias))
    .filter(({ rows }) => rows.some(({ group }) => group !== ''))
}

const bands = ['low', 'middle', 'high', '']
/** Bands from low to high; everything else is sorted by its size. */
const inOrder = (rows: Bias['rows']): Bias['rows'] =>
  [...rows].sort((one, other) => bands.indexOf(one.group) - bands.indexOf(other.group))

function countsOf(question: Question, given: readonly Response[]): QuestionResult['counts'] {
  const n = given.length
  const count = (key: string, chosen: (answer: unknown) => boolean, among = n) => {
    const hits = given.filter(({ answers }) => chosen(answers[question.id])).length
    return { key, n: hits, share: among === 0 ? NOTHING : wilson(hits, among) }
  }
  const scale = scaleOf(question)
  if (scale) {
    const steps = Array.from({ length: scale.max - scale.min + 1 }, (_, at) => scale.min + at)
    return steps.map((step) => count(String(step), (answer) => answer === step))
  }
  switch (question.type) {
    case 'single':
      return question.options.map(({ id }) => count(id, (answer) => answer === id))
    case 'multiple':
      return question.options.map(({ id }) => count(id, (answer) => Array.isArray(answer) && answer.includes(id)))
    case 'matrix':
      return question.rows.flatMap((row) => {
        const inRow = (answer: unknown) => (answer as Record<string, string>)[row.id]
        const among = given.filter(({ answers }) => inRow(answers[question.id]) !== undefined).length
        return question.columns.map((column) =>
          count(`${row.id} ${column.id}`, (answer) => inRow(answer) === column.id, among),
        )
      })
    default:
      return []
  }
}

/** The first score of a survey: what the list shows of it. */
export function leadOf(definition: SurveyDefinition, responses: readonly Response[]) {
  const question = definition.questions.find((one) => kindOf(one) !== null)
  if (!question) return null
  const numbers = numbersOf(question.id, responses)
  const kind = kindOf(question)!
  return { question: question.id, kind, score: scoreOf(kind, numbers) }
}

const numbersOf = (question: string, responses: readonly Response[]): number[] =>
  counting(responses).flatMap(({ answers }) =>
    typeof answers[question] === 'number' ? (answers[question] as number) : [],
  )

/** NPS over all surveys that ask it. */
export function pooledNps(
  surveys: readonly { id: string; definition: SurveyDefinition; responses: readonly Response[] }[],
) {
  const rows = surveys.flatMap(({ id, definition, responses }) => {
    const question = definition.questions.find(({ type }) => type === 'nps')
    const numbers = question ? numbersOf(question.id, responses) : []
    return numbers.length === 0 ? [] : [{ id, tally: tallyOf(numbers), score: scoreOf('nps', numbers) }]
  })
  return { surveys: rows.map(({ id, score }) => ({ id, score })), ...poolNps(rows.map(({ tally }) => tally)) }
}
