import type { Answer, Answers } from './answer.ts'
import type { Condition, Question, Quota, SurveyDefinition, Test } from './definition.ts'

export interface Walk {
  /** The questions that were asked, in order; the last is `next` where there is one. */
  asked: Question[]
  /** The first question without an answer, null at the end. */
  next: Question | null
  /** The answers to questions that were asked. Others do not count: their question is hidden by what was answered before it. */
  answers: Record<string, Answer | null>
}

/**
 * The way through a survey as far as it was answered. It looks back only at answers that count, and goes forwards only (`check.ts`
 * sees to that), so it ends after as many steps as there are questions at most.
 */
export function walk(survey: SurveyDefinition, answers: Answers): Walk {
  const asked: Question[] = []
  const kept: Record<string, Answer | null> = {}
  for (let at = 0; at < survey.questions.length; ) {
    const question = survey.questions[at]!
    if (question.showIf && !holds(question.showIf, kept)) {
      at++
      continue
    }
    asked.push(question)
    if (!Object.hasOwn(answers, question.id)) return { asked, next: question, answers: kept }
    kept[question.id] = answers[question.id]!
    const jump = question.jumps.find(({ when }) => !when || holds(when, kept))
    if (jump?.to === 'end') break
    at = jump ? survey.questions.findIndex(({ id }) => id === jump.to) : at + 1
  }
  return { asked, next: null, answers: kept }
}

function holds({ match, of }: Condition, answers: Answers): boolean {
  return match === 'all' ? of.every((test) => passes(test, answers)) : of.some((test) => passes(test, answers))
}

/** A question that was not asked has no answer, and was not skipped either. */
function passes(test: Test, answers: Answers): boolean {
  const asked = Object.hasOwn(answers, test.question)
  const answer = asked ? answers[test.question]! : null
  switch (test.is) {
    case 'answered':
      return answer !== null
    case 'skipped':
      return asked && answer === null
    case 'atLeast':
      return typeof answer === 'number' && answer >= test.value!
    case 'atMost':
      return typeof answer === 'number' && answer <= test.value!
    case 'oneOf':
      return chosen(answer).some((id) => test.values!.includes(id))
    case 'noneOf':
      return answer !== null && !chosen(answer).some((id) => test.values!.includes(id))
  }
}

const chosen = (answer: Answer | null): string[] =>
  typeof answer === 'string' ? [answer] : Array.isArray(answer) ? answer : []

/** The quotas that a set of answers counts towards. */
export const quotasOf = (survey: SurveyDefinition, answers: Answers): Quota[] =>
  survey.quotas.filter(({ when }) => !when || holds(when, answers))
