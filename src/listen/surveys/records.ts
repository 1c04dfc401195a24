import type { z } from 'zod'
import type { eventInput } from '../../core/event.ts'
import type { voiceInput } from '../../core/voice.ts'
import type { Answer, Answers } from './answer.ts'
import { type Question, type SurveyDefinition, scaleOf } from './definition.ts'

/** As they enter by any door. */
type VoiceInput = z.input<typeof voiceInput>
type EventInput = z.input<typeof eventInput>
type Props = NonNullable<EventInput['props']>

/** Where the person is in the shop: what the invitation knows. Nothing for an open link. */
export interface About {
  customerRef?: string
  orderId?: string
  productId?: string
  merchantId?: string
  category?: string
  city?: string
}

/** A response as far as it was given. Times are epoch milliseconds; what has not happened is null. */
export interface Given {
  surveyId: string
  responseId: string
  version: number
  channel: string
  language: string
  answers: Answers
  shownAt: number | null
  startedAt: number | null
  completedAt: number | null
  /** No more answers are waited for: completed, or left alone for long. Then the voices are told. */
  settledAt: number | null
  /** The questions that were answered when it was told although it was left alone; null where it was told at its end. */
  settledWith: readonly string[] | null
  about: About
  simulated: boolean
}

/**
 * What a response tells the rest of the product. Every id is derived from the response, so that told twice it is known once. A score is
 * a voice, with the words that explain it as its text; other words are voices of their own. Choices and tables are facts of the event.
 */
export function recordsOf(survey: SurveyDefinition, given: Given): { voices: VoiceInput[]; events: EventInput[] } {
  return {
    voices: given.settledAt === null ? [] : voicesOf(survey, given, given.settledAt),
    events: eventsOf(survey, given),
  }
}

function voicesOf(survey: SurveyDefinition, given: Given, at: number): VoiceInput[] {
  const explaining = new Map<string, string>()
  for (const question of survey.questions) {
    const text = given.answers[question.id]
    if (question.type !== 'text' || typeof text !== 'string' || question.explains === undefined) continue
    if (!joins(question, given)) continue
    const before = explaining.get(question.explains)
    explaining.set(question.explains, before === undefined ? text : `${before}\n${text}`)
  }
  return survey.questions.flatMap((question, turn) => {
    const answer = given.answers[question.id] ?? null
    const said = sayingOf(question, answer, explaining, given)
    if (!said) return []
    const voice = {
      id: `${given.responseId}.${question.id}`,
      kind: 'survey' as const,
      speaker: 'customer' as const,
      at,
      conversation: given.responseId,
      turn,
      channel: given.channel,
      ...given.about,
      ...(given.simulated ? { simulated: true } : {}),
    }
    return [{ ...voice, text: '', ...said }]
  })
}

function sayingOf(
  question: Question,
  answer: Answer | null,
  explaining: ReadonlyMap<string, string>,
  given: Given,
): Partial<VoiceInput> | null {
  const scale = scaleOf(question)
  if (scale && typeof answer === 'number') {
    const { min: ratingMin, max: ratingMax } = scale
    const rated = { rating: answer, ratingMin, ratingMax, text: explaining.get(question.id) ?? '' }
    return question.type === 'nps' || question.type === 'csat' || question.type === 'ces'
      ? { ...rated, metric: question.type }
      : rated
  }
  if (question.type !== 'text' || typeof answer !== 'string') return null
  return joins(question, given) ? null : { text: answer }
}

/** Words become part of the score that they explain, unless that score was told before they came. */
function joins(question: Question & { type: 'text' }, { answers, settledWith }: Given): boolean {
  if (question.explains === undefined || typeof answers[question.explains] !== 'number') return false
  return !settledWith?.includes(question.explains) || settledWith.includes(question.id)
}

function eventsOf(survey: SurveyDefinition, given: Given): EventInput[] {
  const { surveyId, responseId, version, channel, language } = given
  const event = (name: string, at: number | null, props: Props = {}): EventInput[] =>
    at === null
      ? []
      : [
          {
            id: `${responseId}.${name}`,
            name: `survey_${name}`,
            at,
            session: responseId,
            channel,
            ...given.about,
            props: { survey: surveyId, version, language, ...props },
            ...(given.simulated ? { simulated: true } : {}),
          },
        ]
  return [
    ...event('shown', given.shownAt),
    ...event('started', given.startedAt),
    ...event('sent', given.completedAt, factsOf(survey, given.answers)),
  ]
}

/** What was chosen, as facts of the event: `q_reason: "price,quality"`. */
function factsOf(survey: SurveyDefinition, answers: Answers): Props {
  const facts: Props = {}
  for (const { id } of survey.questions) {
    const answer = answers[id] ?? null
    if (typeof answer === 'number') facts[`q_${id}`] = answer
    else if (Array.isArray(answer)) facts[`q_${id}`] = answer.join(',')
    else if (typeof answer === 'object' && answer !== null)
      facts[`q_${id}`] = Object.entries(answer)
        .map(([row, column]) => `${row}=${column}`)
        .join(',')
        .slice(0, 2_000)
    else if (typeof answer === 'string' && survey.questions.find((one) => one.id === id)?.type === 'single')
      facts[`q_${id}`] = answer
  }
  return facts
}
