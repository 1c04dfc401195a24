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
import { isObject, type JsonObject, numberAt, objectAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { textOfHtml } from '../../decode/html.ts'
import type { Json } from '../../decode/json.ts'
import { timeAt } from '../../decode/times.ts'
import { because } from '../../reasons/reason.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { defineJsonSource } from '../../source/json-source.ts'

/** Jotform counts its times in New York. */
const ZONE = 'America/New_York'

/** Submissions of Jotform’s API. Its webhook carries no signature, so it is not taken: fetch the submissions instead. */
export const jotform = defineJsonSource({
  id: 'jotform',
  zh: 'Jotform 表单',
  en: 'Jotform',
  shelf: 'survey',
  describe: {
    zh: 'API 的答卷（单份、列表或 content 信封）。时间是纽约时间。标题、按钮不是答案；姓名、邮箱、电话、地址、文件跳过。评分题的量表取 stars / scaleAmount 或题目里写的，否则用 --set scale=1-5。Jotform 的推送没有签名，无法证明来源，故不接收。',
    en: 'Submissions of the API (one, a list, or the content envelope). Times are New York’s. Headings and buttons are no answers; names, e-mails, phones, addresses and files are skipped. Scales come from stars / scaleAmount or the question’s words, else --set scale=1-5. Jotform does not sign its webhook, so nothing proves its sender and it is not taken.',
  },
  settings: [scaleSetting],
  requires: ['form_id', 'answers'],
  unwrap: (document) => {
    if (Array.isArray(document.content)) return objectsAt(document, 'content')
    return [isObject(document.content) ? document.content : document]
  },
  read,
  mapping: [
    { from: 'id', to: 'voice.conversation' },
    { from: 'form_id', to: 'event.props.form_id' },
    { from: 'created_at', to: 'voice.at' },
    { from: 'status', to: 'event.name' },
    ...'text name order type answer.** prettyFormat stars scaleAmount scaleFrom'
      .split(' ')
      .map((field) => ({ from: `answers.*.${field}`, to: field === 'text' ? 'voice.facts.question' : 'voice.text' })),
  ],
  leftOut: [
    { from: 'ip', why: { zh: '个人信息', en: 'personal details' } },
    ...'new flag notes updated_at limit-left resultSet'
      .split(' ')
      .map((from) => ({ from, why: { zh: 'Jotform 内部状态', en: 'Jotform’s own state' } })),
    { from: 'answers.*.**', why: { zh: '题目的外观', en: 'how the question looks' } },
  ],
})

const personal =
  /^control_(?:fullname|name|email|mail|phone|address|fileupload|signature|payment|stripe|paypal\w*|appointment)$/
const scored = new Set(['control_rating', 'control_scale', 'control_star', 'control_spinner_rating'])

function read(submission: JsonObject, { settings }: ReadContext): Item[] {
  const status = textAt(submission, 'status')
  if (status === 'DELETED') return [{ skipped: because('deleted') }]
  const id = textAt(submission, 'id')
  const at = timeAt(submission, 'created_at', ZONE)
  const respondent: Respondent = { response: id, at }
  const questions = Object.entries(objectAt(submission, 'answers') ?? {})
    .filter((entry): entry is [string, JsonObject] => isObject(entry[1]))
    .sort(([, a], [, b]) => Number(textAt(a, 'order') ?? 0) - Number(textAt(b, 'order') ?? 0))
  const given = givenScale(settings)
  return [
    ...responseEvents(respondent, { sent: at }, { form_id: textAt(submission, 'form_id') }),
    ...questions.flatMap(([number, question]) => questionItems(respondent, number, question, given)),
  ]
}

function questionItems(
  respondent: Respondent,
  number: string,
  question: JsonObject,
  given: { min: number; max: number } | undefined,
): Item[] {
  const answer = valueAt(question, 'answer')
  if (answer === undefined || answer === null || answer === '') return []
  const type = textAt(question, 'type') ?? ''
  const words = textOfHtml(textAt(question, 'text') ?? textAt(question, 'name') ?? '')
  if (/^control_(?:hidden|autoincrement|calculation|captcha)$/.test(type)) return [{ skipped: because('hidden_field') }]
  if (personal.test(type) || asksForPerson(words)) return [{ skipped: because('personal') }]
  const asked = { id: number, question: words }
  const rating = numberAt(question, 'answer')
  const scale = scored.has(type) ? (scaleOf(question) ?? scaleIn(words) ?? given) : undefined
  if (scale && typeof rating === 'number')
    return answered(respondent, { ...asked, score: { rating, ...scale, metric: metricOf(words, scale) } })
  return answered(respondent, { ...asked, text: wordsOf(answer, textAt(question, 'prettyFormat')) })
}

function scaleOf(question: JsonObject): { min: number; max: number } | undefined {
  const max = numberAt(question, 'stars') ?? numberAt(question, 'scaleAmount')
  const min = numberAt(question, 'scaleFrom') ?? 1
  return typeof max === 'number' && typeof min === 'number' && min < max ? { min, max } : undefined
}

function wordsOf(answer: Json, pretty: string | undefined): string {
  if (Array.isArray(answer)) return answer.map(String).join('、')
  if (isObject(answer)) {
    if (pretty !== undefined) return textOfHtml(pretty)
    return Object.entries(answer)
      .map(([row, value]) => `${row}: ${Array.isArray(value) ? value.join('、') : String(value)}`)
      .join('\n')
  }
  return String(answer)
}
