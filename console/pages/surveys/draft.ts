import type { SurveyDraft } from '../../../src/http/shapes.ts'

export type Draft = SurveyDraft
export type Question = Draft['questions'][number]
export type QuestionType = Question['type']
export type Words = { zh?: string; en?: string }
export type Option = { id: string; label: Words }
export type Condition = NonNullable<Question['showIf']>
export type Test = Condition['of'][number]
export type Jump = NonNullable<Question['jumps']>[number]

export const questionTypes: readonly QuestionType[] = [
  'nps',
  'csat',
  'ces',
  'stars',
  'single',
  'multiple',
  'matrix',
  'text',
]

/** The first of `stem1`, `stem2`, … that nothing is called yet. */
export function freeId(stem: string, taken: readonly { id: string }[]): string {
  for (let n = taken.length + 1; ; n++) if (!taken.some(({ id }) => id === `${stem}${n}`)) return `${stem}${n}`
}

const two = (stem: string): Option[] => [1, 2].map((n) => ({ id: `${stem}${n}`, label: {} }))

/** A new question of a type; what it has in common with another one stays. */
export function questionOf(type: QuestionType, from: Pick<Question, 'id' | 'ask'> & Partial<Question>): Question {
  const { id, ask, help, required, showIf, jumps } = from
  const common = { id, ask, ...(help && { help }), ...(required && { required }), ...(showIf && { showIf }), jumps }
  switch (type) {
    case 'single':
    case 'multiple':
      return { ...common, type, options: 'options' in from && from.options ? from.options : two('o') }
    case 'matrix':
      return { ...common, type, rows: two('r'), columns: two('c') }
    default:
      return { ...common, type }
  }
}

export const isScore = ({ type }: Question) => type === 'nps' || type === 'csat' || type === 'ces' || type === 'stars'
export const hasChoices = (question: Question): question is Question & { options: Option[] } =>
  question.type === 'single' || question.type === 'multiple'

/** The lowest and highest score of a question. */
export function rangeOf(question: Question): [number, number] {
  if (question.type === 'nps') return [0, 10]
  if (question.type === 'ces') return [1, question.most ?? 7]
  return [1, question.type === 'stars' ? (question.most ?? 5) : 5]
}

/** Without a question, and without what other questions asked about it. */
export function withoutQuestion(draft: Draft, id: string): Draft {
  const questions = draft.questions.filter((one) => one.id !== id).map((one) => withoutMention(one, id))
  const quotas = draft.quotas?.map(({ when, ...quota }) => ({ ...quota, ...kept('when', when, id) }))
  return { ...draft, questions, ...(quotas && { quotas }) }
}

function withoutMention(question: Question, id: string): Question {
  const { showIf, ...rest } = question
  const jumps = question.jumps
    ?.filter(({ to }) => to !== id)
    .flatMap((jump) => {
      const { when, ...way } = jump
      const left = kept('when', when, id)
      // A jump whose whole condition is gone would become one without any, which means another thing.
      return when && !left.when ? [] : [{ ...way, ...left }]
    })
  const cleaned = { ...rest, ...kept('showIf', showIf, id), ...(jumps && { jumps }) } as Question
  if (cleaned.type === 'text' && cleaned.explains === id) {
    const { explains: _, ...free } = cleaned
    return free
  }
  return cleaned
}

function kept<K extends string>(name: K, condition: Condition | undefined, id: string): { [k in K]?: Condition } {
  const of = condition?.of.filter((test) => test.question !== id) ?? []
  return (of.length > 0 ? { [name]: { ...condition, of } } : {}) as { [k in K]?: Condition }
}

/** Moves a question one place up or down. */
export function moved(draft: Draft, at: number, step: 1 | -1): Draft {
  const questions = [...draft.questions]
  const other = at + step
  if (other < 0 || other >= questions.length) return draft
  ;[questions[at], questions[other]] = [questions[other]!, questions[at]!]
  return { ...draft, questions }
}

/** Which question a place in a definition is in, from 1; null where it is in none. */
export function questionAt(where: string | undefined): number | null {
  const found = /questions\[(\d+)\]/.exec(where ?? '')
  return found ? Number(found[1]) + 1 : null
}

/** Leaves out languages that the survey does not have, and texts that are empty: what is missing is told with its place. */
export function textOf(draft: Draft): string {
  return JSON.stringify(
    draft,
    (key, value) => {
      if ((key === 'zh' || key === 'en') && typeof value === 'string')
        return value.trim() === '' || !draft.languages.includes(key) ? undefined : value
      const isWords =
        typeof value === 'object' &&
        value !== null &&
        (key === 'help' || key === 'intro' || key === 'low' || key === 'high' || key === 'text')
      return isWords && draft.languages.every((lang) => !(value as Words)[lang]?.trim()) ? undefined : value
    },
    2,
  )
}
