import { answered, metricOf, type Respondent, responseEvents } from '../../answers/answers.ts'
import { isObject, type JsonObject, numberAt, objectAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import type { Json } from '../../decode/json.ts'
import { timeAt } from '../../decode/times.ts'
import { because } from '../../reasons/reason.ts'
import type { Item } from '../../source/item.ts'

const personal = new Set([
  'email',
  'phone_number',
  'file_url',
  'payment',
  'contact_info',
  'address',
  'signature',
  'url',
])

export function readResponse(object: JsonObject): Item[] {
  const response = object.response!
  const id = textAt(response, 'token') ?? textAt(response, 'response_id')
  const hidden = objectAt(response, 'hidden') ?? {}
  const submitted = momentAt(response, 'submitted_at')
  const respondent: Respondent = {
    response: id,
    at: submitted ?? momentAt(response, 'landed_at'),
    customerRef: textAt(hidden, 'customer_id') ?? textAt(hidden, 'user_id'),
    survey: textAt(response, 'definition.title'),
    facts: { platform: textAt(response, 'metadata.platform'), finished: submitted === undefined ? false : undefined },
  }
  const fields = new Map(fieldsOf(objectsAt(response, 'definition.fields')))
  const answers = objectsAt(response, 'answers').flatMap((answer) => {
    const field = textAt(answer, 'field.id') ?? ''
    return answerItems(respondent, answer, fields.get(field))
  })
  const silent = answers.length === 0 && submitted === undefined
  const events = responseEvents(
    respondent,
    { started: momentAt(response, 'landed_at'), sent: submitted },
    propsOf(response, hidden),
  )
  return [...events, ...(silent ? [{ skipped: because('no_answer') }] : answers)]
}

/** The year 1 stands for never: a response that was begun and not sent. */
const momentAt = (response: Json, path: string): unknown =>
  textAt(response, path)?.startsWith('0001-') ? undefined : timeAt(response, path, 'UTC')

/** Questions within groups stand beside the others. */
function fieldsOf(fields: readonly JsonObject[]): [string, JsonObject][] {
  return fields.flatMap((field) => [
    [textAt(field, 'id') ?? '', field] as [string, JsonObject],
    ...fieldsOf(objectsAt(field, 'properties.fields')),
  ])
}

function propsOf(response: Json, given: JsonObject) {
  const hidden = Object.keys(given).filter((name) => !/mail|phone|name|tel/i.test(name))
  return {
    form_id: textAt(response, 'form_id'),
    score: numberAt(response, 'calculated.score') as number | undefined,
    ...Object.fromEntries(hidden.map((name) => [name, textAt(response, `hidden.${name}`)])),
  }
}

function answerItems(respondent: Respondent, answer: JsonObject, field: JsonObject | undefined): Item[] {
  const type = textAt(answer, 'type') ?? ''
  const kind = textAt(answer, 'field.type') ?? textAt(field, 'type') ?? ''
  if (personal.has(type) || personal.has(kind)) return [{ skipped: because('personal') }]
  if (kind === 'legal') return [{ skipped: because('action') }]
  const question = textAt(field, 'title')
  const asked = { id: textAt(answer, 'field.id'), question }
  const value = valueAt(answer, type)
  if (type !== 'number') return answered(respondent, { ...asked, text: wordsOf(type, value) })
  const scale = scaleOf(kind, field)
  if (!scale) return answered(respondent, { ...asked, text: textAt(answer, type) })
  const metric = kind === 'nps' ? ('nps' as const) : metricOf(question ?? '', scale)
  return answered(respondent, { ...asked, score: { rating: numberAt(answer, type), ...scale, metric } })
}

/** Ratings begin at 1; scales and the NPS at 0 unless the field says otherwise. Without the field’s steps a scale is not known. */
function scaleOf(kind: string, field: JsonObject | undefined): { min: number; max: number } | undefined {
  if (kind === 'nps') return { min: 0, max: 10 }
  const steps = numberAt(field, 'properties.steps')
  if (typeof steps !== 'number') return undefined
  if (kind === 'rating') return { min: 1, max: steps }
  if (kind !== 'opinion_scale') return undefined
  return valueAt(field, 'properties.start_at_one') === true ? { min: 1, max: steps } : { min: 0, max: steps - 1 }
}

function wordsOf(type: string, value: Json | undefined): string | undefined {
  if (type === 'choices') {
    const other = textAt(value, 'other')
    const labels = Array.isArray(valueAt(value, 'labels')) ? (valueAt(value, 'labels') as Json[]).map(String) : []
    return [...labels, ...(other === undefined ? [] : [other])].join('、')
  }
  if (type === 'choice') return textAt(value, 'label') ?? textAt(value, 'other')
  if (isObject(value))
    return Object.values(value)
      .filter((one) => typeof one === 'string')
      .join('、')
  return textAt({ value: value ?? null }, 'value')
}
