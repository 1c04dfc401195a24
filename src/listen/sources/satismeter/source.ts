import {
  answered,
  asksForPerson,
  givenScale,
  metricOf,
  type Respondent,
  scaleIn,
  scaleSetting,
} from '../../answers/answers.ts'
import { type JsonObject, numberAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { timeAt } from '../../decode/times.ts'
import { because } from '../../reasons/reason.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { defineJsonSource } from '../../source/json-source.ts'

/** SatisMeter’s webhook bodies, saved one a line. They carry no signature, so they are read from files only. */
export const satismeter = defineJsonSource({
  id: 'satismeter',
  zh: 'SatisMeter 问卷',
  en: 'SatisMeter',
  shelf: 'survey',
  describe: {
    zh: '推送内容（每行一个）。指标由 metric 给出：NPS 0–10、CSAT 1–5、CES 1–7；没有 metric 的打分题用题目里写的量表或 --set scale=1-5。关闭问卷记为事件。推送没有签名，只从文件读。',
    en: 'Webhook bodies, one a line. The metric is given: NPS 0–10, CSAT 1–5, CES 1–7; scores without one take the scale of their words or --set scale=1-5. Dismissals are events. The webhook is not signed, so only files are read.',
  },
  settings: [scaleSetting],
  requires: ['response.id', 'response.created'],
  read,
  mapping: [
    { from: 'event', to: 'event.name' },
    { from: 'campaign.name', to: 'voice.facts.survey' },
    { from: 'campaign.id', to: 'event.props.campaign' },
    { from: 'response.id', to: 'voice.conversation' },
    { from: 'response.created', to: 'voice.at' },
    { from: 'response.rating', to: 'voice.rating' },
    { from: 'response.feedback', to: 'voice.text' },
    { from: 'response.dismissed', to: 'event.name' },
    ...'id label value metric type name'.split(' ').map((field) => ({
      from: `response.answers[].${field}`,
      to: field === 'label' ? 'voice.facts.question' : 'voice.text',
    })),
    { from: 'response.user.userId', to: 'voice.customerRef' },
    { from: 'response.user.id', to: 'voice.customerRef' },
    { from: 'response.language', to: 'voice.lang' },
    { from: 'response.location.country', to: 'voice.facts.country' },
    { from: 'response.location.city', to: 'voice.facts.city' },
    { from: 'response.device.type', to: 'voice.facts.device' },
    { from: 'response.method', to: 'voice.channel' },
  ],
  leftOut: [
    ...['traits', 'response.user', 'response.location'].map((path) => ({
      from: `${path}.**`,
      why: { zh: '个人信息', en: 'personal details' },
    })),
    ...'category score pending referrer project campaign device answers'.split(' ').map((field) => ({
      from: `response.${field}.**`,
      why: { zh: '由分数推出，或内部状态', en: 'derived from the score, or SatisMeter’s own state' },
    })),
    { from: 'campaign.**', why: { zh: '内部状态', en: 'SatisMeter’s own state' } },
  ],
})

const scales = { nps: { min: 0, max: 10 }, csat: { min: 1, max: 5 }, ces: { min: 1, max: 7 } } as const

function read(delivery: JsonObject, { settings }: ReadContext): Item[] {
  const id = textAt(delivery, 'response.id')
  const respondent: Respondent = {
    response: id,
    at: timeAt(delivery, 'response.created', 'UTC'),
    customerRef: customerOf(delivery),
    lang: textAt(delivery, 'response.language')?.slice(0, 10),
    channel: textAt(delivery, 'response.method'),
    survey: textAt(delivery, 'campaign.name'),
    facts: {
      country: textAt(delivery, 'response.location.country'),
      city: textAt(delivery, 'response.location.city'),
      device: textAt(delivery, 'response.device.type'),
    },
  }
  const dismissed = valueAt(delivery, 'response.dismissed') === true
  const name = dismissed ? 'survey_dismissed' : 'survey_sent'
  const props = { campaign: textAt(delivery, 'campaign.id') }
  const { at, customerRef, channel } = respondent
  const state: Item = { event: { id: id && `${id}.${name}`, name, at, session: id, customerRef, channel, props } }
  const answers = objectsAt(delivery, 'response.answers')
  return [
    state,
    ...(answers.length > 0
      ? answers.flatMap((one) => answerItems(respondent, one, settings))
      : oldForm(respondent, delivery)),
  ]
}

/** “No response” stands where SatisMeter knows no user. */
function customerOf(delivery: JsonObject): string | undefined {
  const given = textAt(delivery, 'response.user.userId')
  return given !== undefined && given !== 'No response' ? given : textAt(delivery, 'response.user.id')
}

/** Before surveys had several questions: a score from 0 to 10 and a text. */
function oldForm(respondent: Respondent, delivery: JsonObject): Item[] {
  const rating = numberAt(delivery, 'response.rating')
  const score = { rating, ...scales.nps, metric: 'nps' as const }
  return answered(respondent, { id: 'rating', text: textAt(delivery, 'response.feedback'), score })
}

function answerItems(respondent: Respondent, answer: JsonObject, settings: ReadContext['settings']): Item[] {
  const question = textAt(answer, 'label')
  const value = valueAt(answer, 'value')
  if (asksForPerson((question ?? '').replace(/\(.*\)/, ''))) return [{ skipped: because('personal') }]
  const asked = { id: textAt(answer, 'id'), question }
  if (Array.isArray(value)) return answered(respondent, { ...asked, text: value.map(String).join('、') })
  const metric = textAt(answer, 'metric')
  if (metric === 'nps' || metric === 'csat' || metric === 'ces')
    return answered(respondent, { ...asked, score: { rating: numberAt(answer, 'value'), ...scales[metric], metric } })
  const scale = typeof value === 'number' ? (scaleIn(question ?? '') ?? givenScale(settings)) : undefined
  if (scale)
    return answered(respondent, {
      ...asked,
      score: { rating: value, ...scale, metric: metricOf(question ?? '', scale) },
    })
  return answered(respondent, { ...asked, text: textAt(answer, 'value')?.trim() })
}
