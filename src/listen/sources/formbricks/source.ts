import { ok } from '../../../core/result.ts'
import { isObject, type JsonObject, objectsAt, textAt } from '../../decode/fields.ts'
import { defineJsonSource, itemsIn } from '../../source/json-source.ts'
import { verifyStandardWebhook } from '../../source/signatures.ts'
import type { LeftOut, Mapping } from '../../source/source.ts'
import { readResponse } from './read.ts'

const shape = { en: 'Formbricks', requires: ['response.id', 'response.data'], unwrap, read: readResponse }

/** Formbricks: webhooks of responses, and responses as its management API lists them. */
export const formbricks = defineJsonSource({
  ...shape,
  id: 'formbricks',
  zh: 'Formbricks 问卷',
  shelf: 'survey',
  describe: {
    zh: '推送（responseCreated / Updated / Finished）与 API 的答卷。每道有字或有分的题一条声音，编号为 答卷.题目，所以更新不会重复。题目文字与量表来自 survey.questions 或 blocks；没有时只有题号，数字按原样记为文字。“clicked”“accepted” 等是动作，不是话。',
    en: 'Webhooks (responseCreated / Updated / Finished) and responses of the API. Each answer in words or a score is one voice, named by response and question, so updates never double. Texts and scales of questions come from survey.questions or blocks; without them there are ids only, and numbers stay words. “clicked”, “accepted” and so on are actions, not words.',
  },
  mapping: mapping(),
  leftOut: leftOut(),
  webhook: {
    secretHint: {
      zh: 'Formbricks → 设置 → Webhooks → 该 Webhook 的 Signing Secret（whsec_…）',
      en: 'Formbricks → Settings → Webhooks → the webhook’s signing secret (whsec_…)',
    },
    verify: verifyStandardWebhook,
    deliveryId: (delivery) => delivery.header('webhook-id'),
    read: (payload, context) => ok(itemsIn(shape, payload, context)),
  },
})

/** Each response by itself with the event that brought it. */
function unwrap(document: JsonObject): JsonObject[] {
  const event = textAt(document, 'event')
  if (event === 'testEndpoint') return []
  if (Array.isArray(document.data)) return objectsAt(document, 'data').map((response) => ({ response }))
  if (event !== undefined && isObject(document.data)) return [{ event, response: document.data }]
  if (isObject(document.data) && isObject(document.data.data)) return [{ response: document.data }]
  return [{ response: document }]
}

function mapping(): readonly Mapping[] {
  const at = (path: string, to: string) => ({ from: `response.${path}`, to })
  return [
    { from: 'event', to: 'event.name' },
    at('id', 'voice.conversation'),
    at('data.**', 'voice.text'),
    at('createdAt', 'event.at'),
    at('updatedAt', 'voice.at'),
    at('finished', 'event.name'),
    at('surveyId', 'event.props.survey_id'),
    at('survey.title', 'voice.facts.survey'),
    at('survey.name', 'voice.facts.survey'),
    at('survey.questions.**', 'voice.facts.question'),
    at('survey.blocks.**', 'voice.facts.question'),
    at('contact.userId', 'voice.customerRef'),
    at('contact.id', 'voice.customerRef'),
    at('contactAttributes.userId', 'voice.customerRef'),
    at('person.userId', 'voice.customerRef'),
    at('person.id', 'voice.customerRef'),
    at('language', 'voice.lang'),
    at('meta.country', 'voice.facts.country'),
    at('meta.source', 'voice.facts.source'),
    at('meta.userAgent.device', 'voice.facts.device'),
    at('tags', 'voice.facts.tags'),
  ]
}

function leftOut(): readonly LeftOut[] {
  const person = { zh: '个人信息', en: 'personal details' }
  const inner = { zh: 'Formbricks 内部状态', en: 'Formbricks’ own state' }
  return [
    ...'contact contactAttributes person personAttributes meta.ipAddress'
      .split(' ')
      .map((path) => ({ from: `response.${path}.**`, why: person })),
    ...'meta ttc displayId endingId singleUseId variables survey environmentId notes quotas'
      .split(' ')
      .map((path) => ({ from: `response.${path}.**`, why: inner })),
  ]
}
