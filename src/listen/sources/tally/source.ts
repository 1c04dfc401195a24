import { ok } from '../../../core/result.ts'
import {
  answered,
  asksForPerson,
  givenScale,
  metricOf,
  type Respondent,
  responseEvents,
  scaleIn,
  scaleSetting,
} from '../../answers/answers.ts'
import { isObject, type JsonObject, numberAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import type { Json } from '../../decode/json.ts'
import { timeAt } from '../../decode/times.ts'
import { because } from '../../reasons/reason.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { defineJsonSource, itemsIn } from '../../source/json-source.ts'
import { verifyHmac } from '../../source/signatures.ts'

const shape = { en: 'Tally', requires: ['data.fields', 'data.formId'], read }

/** Tally’s webhook of a response: questions with their labels, choices by option ids. Its CSV comes in by survey-csv. */
export const tally = defineJsonSource({
  ...shape,
  id: 'tally',
  zh: 'Tally 问卷',
  shelf: 'survey',
  describe: {
    zh: '推送 FORM_RESPONSE。选项编号换成文字；邮箱、电话、文件跳过。评分题不带量表：题目里写了（如 0-10）就用，否则用 --set scale=1-5，都没有则数字按文字记。',
    en: 'The webhook FORM_RESPONSE. Option ids become their texts; e-mails, phones and files are skipped. Scores come without a scale: what the label names (0-10) counts, else --set scale=1-5, else the number stays words.',
  },
  settings: [scaleSetting],
  mapping: [
    { from: 'eventType', to: 'event.name' },
    { from: 'createdAt', to: 'event.at' },
    { from: 'data.responseId', to: 'voice.conversation' },
    { from: 'data.submissionId', to: 'voice.conversation' },
    { from: 'data.createdAt', to: 'voice.at' },
    { from: 'data.formId', to: 'event.props.form_id' },
    { from: 'data.formName', to: 'voice.facts.survey' },
    { from: 'data.fields[].key', to: 'voice.id' },
    { from: 'data.fields[].label', to: 'voice.facts.question' },
    { from: 'data.fields[].type', to: 'voice.rating' },
    { from: 'data.fields[].value.**', to: 'voice.text' },
    { from: 'data.fields[].options[].id', to: 'voice.text' },
    { from: 'data.fields[].options[].text', to: 'voice.text' },
    { from: 'data.fields[].rows[].**', to: 'voice.text' },
    { from: 'data.fields[].columns[].**', to: 'voice.text' },
  ],
  leftOut: [
    { from: 'eventId', why: { zh: '推送编号，仅用于去重', en: 'the delivery’s id: it only tells repeats' } },
    {
      from: 'data.respondentId',
      why: { zh: 'Tally 给浏览器的编号，不是顾客', en: 'Tally’s number of a browser, not of a customer' },
    },
    { from: 'data.fields[].options[].**', why: { zh: '选项的外观', en: 'how options look' } },
  ],
  webhook: {
    secretHint: {
      zh: 'Tally → 表单 → Integrations → Webhooks → Signing secret',
      en: 'Tally → the form → Integrations → Webhooks → signing secret',
    },
    verify: (delivery, secret) =>
      verifyHmac(delivery, secret, { header: 'tally-signature', algorithm: 'sha256', encoding: 'base64' }),
    deliveryId: (_, payload) => textAt(payload, 'eventId'),
    read: (payload, context) => ok(itemsIn(shape, payload, context)),
  },
})

const personal = new Set(['INPUT_EMAIL', 'INPUT_PHONE_NUMBER', 'FILE_UPLOAD', 'SIGNATURE', 'PAYMENT', 'WALLET_CONNECT'])
const scored = new Set(['RATING', 'LINEAR_SCALE'])

function read(event: JsonObject, { settings }: ReadContext): Item[] {
  const id = textAt(event, 'data.responseId') ?? textAt(event, 'data.submissionId')
  const at = timeAt(event, 'data.createdAt', 'UTC') ?? timeAt(event, 'createdAt', 'UTC')
  const respondent: Respondent = { response: id, at, survey: textAt(event, 'data.formName') }
  const answers = objectsAt(event, 'data.fields').flatMap((field) =>
    fieldItems(respondent, field, givenScale(settings)),
  )
  return [...responseEvents(respondent, { sent: at }, { form_id: textAt(event, 'data.formId') }), ...answers]
}

function fieldItems(
  respondent: Respondent,
  field: JsonObject,
  given: { min: number; max: number } | undefined,
): Item[] {
  const type = textAt(field, 'type') ?? ''
  const question = textAt(field, 'label')
  const value = valueAt(field, 'value')
  if (value === undefined || value === null) return []
  if (personal.has(type) || asksForPerson(question ?? '')) return [{ skipped: because('personal') }]
  if (type === 'HIDDEN_FIELDS' || type === 'CALCULATED_FIELDS') return [{ skipped: because('hidden_field') }]
  // Each box of a list of boxes comes once more by itself, as true or false.
  if (type === 'CHECKBOXES' && typeof value === 'boolean') return []
  const asked = { id: textAt(field, 'key'), question }
  const scale = scored.has(type) ? (scaleIn(question ?? '') ?? given) : undefined
  if (scale && typeof value === 'number')
    return answered(respondent, {
      ...asked,
      score: { rating: numberAt(field, 'value'), ...scale, metric: metricOf(question ?? '', scale) },
    })
  return answered(respondent, { ...asked, text: wordsOf(field, value) })
}

function wordsOf(field: JsonObject, value: Json): string {
  const texts = (list: string) =>
    new Map(objectsAt(field, list).map((one) => [textAt(one, 'id') ?? '', textAt(one, 'text') ?? '']))
  const options = texts('options')
  const named = (one: Json) => options.get(String(one)) ?? String(one)
  if (Array.isArray(value)) return value.map(named).join('、')
  if (!isObject(value)) return named(value)
  const [rows, columns] = [texts('rows'), texts('columns')]
  return Object.entries(value)
    .map(([row, chosen]) => {
      const cells = (Array.isArray(chosen) ? chosen : [chosen]).map((one) => columns.get(String(one)) ?? String(one))
      return `${rows.get(row) ?? row}: ${cells.join('、')}`
    })
    .join('\n')
}
