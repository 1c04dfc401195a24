import type { VoiceInput } from '../../../core/voice.ts'
import { answered, metricOf, type Respondent, responseEvents } from '../../answers/answers.ts'
import { isObject, type JsonObject, objectAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { textOfHtml } from '../../decode/html.ts'
import type { Json } from '../../decode/json.ts'
import { timeAt } from '../../decode/times.ts'
import { because } from '../../reasons/reason.ts'
import type { Item } from '../../source/item.ts'

/** What people do, not what they say. */
const actions = new Set(['clicked', 'accepted', 'dismissed', 'booked', 'skipped'])
const personal = new Set(['contactInfo', 'address', 'fileUpload', 'pictureSelection', 'cal'])

interface Question {
  type?: string | undefined
  text?: string | undefined
  range?: number | undefined
}

export function readResponse({ event, response }: JsonObject): Item[] {
  const questions = questionsOf(response)
  const id = textAt(response, 'id')
  const tags = objectsAt(response, 'tags').map((tag) => textAt(tag, 'name') ?? '')
  const respondent: Respondent = {
    response: id,
    at: timeAt(response, 'updatedAt', 'UTC') ?? timeAt(response, 'createdAt', 'UTC'),
    customerRef:
      textAt(response, 'contact.userId') ??
      textAt(response, 'contactAttributes.userId') ??
      textAt(response, 'person.userId') ??
      textAt(response, 'contact.id') ??
      textAt(response, 'person.id'),
    lang: languageOf(textAt(response, 'language')),
    survey: textAt(response, 'survey.title') ?? textAt(response, 'survey.name'),
    facts: {
      country: textAt(response, 'meta.country'),
      source: textAt(response, 'meta.source'),
      device: textAt(response, 'meta.userAgent.device'),
      tags: tags.length > 0 ? tags.join('、') : undefined,
    },
  }
  const answers = Object.entries(objectAt(response, 'data') ?? {}).flatMap(([question, value]) =>
    isHidden(question, questions, response)
      ? [{ skipped: because('hidden_field') }]
      : answerItems(respondent, question, value, questions.get(question)),
  )
  const started = timeAt(response, 'createdAt', 'UTC')
  const finished = event === 'responseFinished' || valueAt(response, 'finished') === true
  const times = { started, sent: finished ? (timeAt(response, 'updatedAt', 'UTC') ?? started) : undefined }
  return [...responseEvents(respondent, times, { survey_id: textAt(response, 'surveyId') }), ...answers]
}

/** What a page hands to the survey lies among the answers; where the questions are told, what is none of them is such a field. */
function isHidden(id: string, questions: ReadonlyMap<string, Question>, response: Json | undefined): boolean {
  const named = valueAt(response, 'survey.hiddenFields.fieldIds')
  return (
    (questions.size > 0 && !questions.has(id)) || (Array.isArray(named) && named.includes(id)) || id === 'verifiedEmail'
  )
}

/** The survey's default language is called `default`. */
const languageOf = (language: string | undefined): string | undefined =>
  language === 'default' ? undefined : language?.slice(0, 10)

/** Questions where the payload carries them: in `questions`, or in the `elements` of `blocks`. */
function questionsOf(response: Json | undefined): Map<string, Question> {
  const listed = [
    ...objectsAt(response, 'survey.questions'),
    ...objectsAt(response, 'survey.blocks').flatMap((block) => objectsAt(block, 'elements')),
  ]
  return new Map(
    listed.map((one) => [
      textAt(one, 'id') ?? '',
      {
        type: textAt(one, 'type'),
        text: wordsOf(one.headline ?? null),
        range: Number(textAt(one, 'range') ?? Number.NaN),
      },
    ]),
  )
}

/** Texts are plain, or by language with `default`. */
function wordsOf(text: Json): string | undefined {
  const words =
    typeof text === 'string'
      ? text
      : (textAt(text, 'default') ?? (isObject(text) ? textAt({ list: Object.values(text) }, 'list.0') : undefined))
  return words && textOfHtml(words)
}

function answerItems(respondent: Respondent, id: string, value: Json, question: Question | undefined): Item[] {
  const type = question?.type
  if (type === 'cta' || type === 'consent' || (typeof value === 'string' && actions.has(value)))
    return [{ skipped: because('action') }]
  if (type !== undefined && personal.has(type)) return [{ skipped: because('personal') }]
  const answer = { id, question: question?.text }
  const score = scoreOf(value, question)
  if (score) return answered(respondent, { ...answer, score })
  return answered(respondent, { ...answer, text: textOf(value) })
}

/** A number on a scale that is known: NPS is 0 to 10, a rating 1 to its range. */
function scoreOf(value: Json, question: Question | undefined) {
  const rating = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  if (typeof rating !== 'number') return undefined
  if (question?.type === 'nps') return { rating, min: 0, max: 10, metric: 'nps' as const }
  const range = question?.range
  if (question?.type !== 'rating' || !range) return undefined
  const scale = { min: 1, max: range }
  const metric: VoiceInput['metric'] = metricOf(question.text ?? '', scale)
  return { rating, ...scale, metric }
}

/** Words as they are; choices side by side; a matrix as row: column. */
function textOf(value: Json): string | undefined {
  if (Array.isArray(value))
    return value
      .filter((one) => one !== '' && one !== null)
      .map(String)
      .join('、')
  if (isObject(value))
    return Object.entries(value)
      .map(([row, column]) => `${row}: ${String(column)}`)
      .join('\n')
  return value === null ? undefined : String(value)
}
