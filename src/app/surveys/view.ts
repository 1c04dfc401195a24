import type { Answer, Answers } from '../../listen/surveys/answer.ts'
import type { Language, Question, SurveyDefinition } from '../../listen/surveys/definition.ts'
import type { NotTaken, Response } from '../../listen/surveys/responses.ts'
import { walk } from '../../listen/surveys/walk.ts'

/** What is shown of a survey at one moment. */
export type View = { survey: SurveyDefinition; language: Language } & (
  | {
      kind: 'question'
      question: Question
      answer: Answer | null
      /** Its place among all questions, from 1: how far one has come at least. */
      place: number
      problem: NotTaken['why'] | null
      canGoBack: boolean
      isFirst: boolean
    }
  | { kind: 'thanks' }
  | { kind: 'full' }
)

/**
 * Where a person stands: at `at` where that is on their way (or `anywhere`, for whoever writes the survey), else at the first question
 * without an answer, else at the end.
 */
export function viewOf(
  survey: SurveyDefinition,
  language: Language,
  given: { answers: Answers; state: Response['state'] },
  at?: { question: string; problem?: NotTaken['why']; anywhere?: boolean },
): View {
  if (given.state === 'over_quota') return { survey, language, kind: 'full' }
  const { asked, next } = walk(survey, given.answers)
  const wanted = (at?.anywhere ? survey.questions : asked).find(({ id }) => id === at?.question)
  const place = wanted ?? next
  if (given.state === 'complete' || !place) return { survey, language, kind: 'thanks' }
  const before = asked.indexOf(place)
  return {
    survey,
    language,
    kind: 'question',
    question: place,
    answer: Object.hasOwn(given.answers, place.id) ? given.answers[place.id]! : null,
    place: survey.questions.indexOf(place) + 1,
    problem: place.id === at?.question ? (at.problem ?? null) : null,
    canGoBack: before > 0,
    isFirst: before === 0,
  }
}

/** The question after or before one on the way so far. */
export function neighbour(
  survey: SurveyDefinition,
  answers: Answers,
  question: string,
  step: 1 | -1,
): string | undefined {
  const { asked } = walk(survey, answers)
  const at = asked.findIndex(({ id }) => id === question)
  return at < 0 ? undefined : asked[at + step]?.id
}

/** The language that is asked for, of those that the survey has: `?lang=` first, then what the browser prefers. */
export function languageOf(
  survey: SurveyDefinition,
  asked: string | undefined,
  accepted: string | undefined,
): Language {
  const wanted = [asked ?? '', ...(accepted ?? '').split(',').map((one) => one.split(';')[0]!.trim())]
  for (const one of wanted) {
    const found = survey.languages.find((language) => one.toLowerCase().startsWith(language))
    if (found) return found
  }
  return survey.languages[0]!
}
