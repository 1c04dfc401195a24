import type { z } from 'zod'
import { fail, ok, type Result } from '../../core/result.ts'
import { because, type Reason, toldReason } from '../reasons/reason.ts'
import {
  type Condition,
  type Question,
  type SurveyDefinition,
  scaleOf,
  surveyDefinition,
  type Test,
  type Words,
} from './definition.ts'

/** What is wrong with a definition, and the path to it: `['questions', 2, 'jumps', 0, 'to']`. */
export interface Fault {
  path: PropertyKey[]
  reason: Reason
}

/** A definition that can be asked, or the first thing that is wrong with it. */
export function readDefinition(value: unknown): Result<SurveyDefinition, Fault> {
  const parsed = surveyDefinition.safeParse(value)
  if (!parsed.success) return fail(faultOf(parsed.error.issues[0]!))
  const [fault] = faults(parsed.data)
  return fault ? fail(fault) : ok(parsed.data)
}

/** `questions[2].jumps[0].to` */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text ? '.' : ''}${String(key)}`),
    '',
  )

function faultOf(issue: z.core.$ZodIssue): Fault {
  const path = [...issue.path]
  switch (issue.code) {
    case 'unrecognized_keys':
      return { path: [...path, issue.keys[0]!], reason: because('not_known') }
    case 'invalid_union':
      if (issue.discriminator) return { path, reason: because('survey_type') }
      return { path, reason: because('survey_misfit', { what: issue.errors.flat()[0]?.message ?? issue.message }) }
    case 'invalid_type':
      return {
        path,
        reason: because(issue.input === undefined ? 'survey_lacks' : 'survey_should_be', { expected: issue.expected }),
      }
    case 'too_big':
      if (issue.origin === 'string') return { path, reason: because('too_long', { most: Number(issue.maximum) }) }
      if (issue.origin === 'array') return { path, reason: because('survey_many', { n: Number(issue.maximum) }) }
      return { path, reason: told(issue.message) }
    default:
      return { path, reason: told(issue.message) }
  }
}

/** A sentence of the schema's own, where it is one of ours; any other is quoted. */
const told = (sentence: string): Reason =>
  toldReason(sentence).code === null ? because('survey_misfit', { what: sentence }) : (sentence as Reason)

/** What a schema cannot see: names that refer to nothing, ways that go back, texts that lack a language. */
function faults(survey: SurveyDefinition): Fault[] {
  const places = new Map(survey.questions.map(({ id }, at) => [id, at]))
  return [
    ...twice(survey.languages, ['languages']),
    ...twice(
      survey.questions.map(({ id }) => id),
      ['questions'],
      'id',
    ),
    ...twice(
      survey.quotas.map(({ id }) => id),
      ['quotas'],
      'id',
    ),
    ...untranslated(survey),
    ...survey.questions.flatMap((question, at) => questionFaults(survey, places, question, at)),
    ...survey.quotas.flatMap(({ when }, at) =>
      conditionFaults(survey, places, when, survey.questions.length, ['quotas', at, 'when']),
    ),
    ...unreachable(survey, places),
  ]
}

function questionFaults(
  survey: SurveyDefinition,
  places: ReadonlyMap<string, number>,
  question: Question,
  at: number,
): Fault[] {
  const path = ['questions', at]
  const found = [
    ...conditionFaults(survey, places, question.showIf, at, [...path, 'showIf']),
    ...question.jumps.flatMap((jump, i) => [
      ...conditionFaults(survey, places, jump.when, at + 1, [...path, 'jumps', i, 'when']),
      ...jumpFault(places, question.id, jump.to, at, [...path, 'jumps', i, 'to']),
    ]),
  ]
  for (const [list, parts] of listsOf(question))
    found.push(
      ...twice(
        parts.map(({ id }) => id),
        [...path, list],
        'id',
      ),
    )
  if (question.type === 'multiple' && question.atMost !== undefined && question.atMost > question.options.length)
    found.push({ path: [...path, 'atMost'], reason: because('survey_few_choices', { n: question.options.length }) })
  if (question.type === 'text' && question.explains !== undefined) {
    const explained = survey.questions[places.get(question.explains) ?? -1]
    if (!explained || places.get(explained.id)! >= at || !scaleOf(explained))
      found.push({
        path: [...path, 'explains'],
        reason: because('survey_explains', { id: question.explains }),
      })
  }
  return found
}

/** The choices, rows and columns of a question, by the name of their field. */
function listsOf(question: Question): [string, readonly { id: string; label: Words }[]][] {
  if (question.type === 'matrix')
    return [
      ['rows', question.rows],
      ['columns', question.columns],
    ]
  return question.type === 'single' || question.type === 'multiple' ? [['options', question.options]] : []
}

/** Ways lead forwards only: so every walk ends, whatever is answered. */
function jumpFault(
  places: ReadonlyMap<string, number>,
  from: string,
  to: string,
  at: number,
  path: PropertyKey[],
): Fault[] {
  if (to === 'end') return []
  const target = places.get(to)
  if (target === undefined) return [{ path, reason: because('survey_no_question', { id: to }) }]
  return target > at ? [] : [{ path, reason: because('survey_loop', { from, to }) }]
}

/** A condition may ask about questions before place `before`, and only what they can be asked. */
function conditionFaults(
  survey: SurveyDefinition,
  places: ReadonlyMap<string, number>,
  condition: Condition | undefined,
  before: number,
  path: PropertyKey[],
): Fault[] {
  return (condition?.of ?? []).flatMap((test, i) => {
    const place = places.get(test.question)
    const here = [...path, 'of', i]
    if (place === undefined)
      return [{ path: [...here, 'question'], reason: because('survey_no_question', { id: test.question }) }]
    if (place >= before)
      return [{ path: [...here, 'question'], reason: because('survey_looks_ahead', { id: test.question }) }]
    return testFault(survey.questions[place]!, test, here)
  })
}

function testFault(question: Question, test: Test, path: PropertyKey[]): Fault[] {
  switch (test.is) {
    case 'answered':
    case 'skipped':
      return []
    case 'atLeast':
    case 'atMost': {
      const scale = scaleOf(question)
      if (!scale) return [{ path: [...path, 'is'], reason: because('survey_no_number', { id: question.id }) }]
      const fits = test.value !== undefined && test.value >= scale.min && test.value <= scale.max
      return fits
        ? []
        : [{ path: [...path, 'value'], reason: because('survey_range', { min: scale.min, max: scale.max }) }]
    }
    case 'oneOf':
    case 'noneOf': {
      if (question.type !== 'single' && question.type !== 'multiple')
        return [{ path: [...path, 'is'], reason: because('survey_no_choices', { id: question.id }) }]
      if (!test.values || test.values.length === 0)
        return [{ path: [...path, 'values'], reason: because('survey_names_no_choice') }]
      const unknown = test.values.findIndex((value) => !question.options.some(({ id }) => id === value))
      if (unknown < 0) return []
      return [
        {
          path: [...path, 'values', unknown],
          reason: because('survey_no_choice', { id: question.id, choice: test.values[unknown]! }),
        },
      ]
    }
  }
}

/** Questions that every way leaves out. A `showIf` may or may not hold; a jump without condition always does. */
function unreachable(survey: SurveyDefinition, places: ReadonlyMap<string, number>): Fault[] {
  const { questions } = survey
  const reached = new Set([0])
  questions.forEach((question, at) => {
    if (!reached.has(at)) return
    for (const { to } of question.jumps) if (to !== 'end') reached.add(places.get(to) ?? -1)
    const always = question.jumps.some(({ when }) => when === undefined)
    if (!always || question.showIf) reached.add(at + 1)
  })
  const lost = questions.findIndex((_, at) => !reached.has(at))
  return lost < 0 ? [] : [{ path: ['questions', lost], reason: because('survey_no_way', { id: questions[lost]!.id }) }]
}

function twice(ids: readonly string[], path: PropertyKey[], field?: string): Fault[] {
  const at = ids.findIndex((id, i) => ids.indexOf(id) !== i)
  if (at < 0) return []
  return [{ path: field ? [...path, at, field] : [...path, at], reason: because('survey_twice', { id: ids[at]! }) }]
}

/** Every text is there in every language of the survey. */
function untranslated(survey: SurveyDefinition): Fault[] {
  const found: Fault[] = []
  const look = (words: Words | undefined, path: PropertyKey[]) => {
    if (!words) return
    const lacking = survey.languages.find((lang) => words[lang] === undefined)
    if (lacking) found.push({ path: [...path, lacking], reason: because('survey_untranslated', { lang: lacking }) })
  }
  look(survey.title, ['title'])
  look(survey.intro, ['intro'])
  survey.questions.forEach((question, at) => {
    const path = ['questions', at]
    look(question.ask, [...path, 'ask'])
    look(question.help, [...path, 'help'])
    if ('low' in question) look(question.low, [...path, 'low'])
    if ('high' in question) look(question.high, [...path, 'high'])
    for (const [list, parts] of listsOf(question))
      for (const [i, { label }] of parts.entries()) look(label, [...path, list, i, 'label'])
  })
  look(survey.thanks.title, ['thanks', 'title'])
  look(survey.thanks.text, ['thanks', 'text'])
  return found
}
