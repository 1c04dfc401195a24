import { ok } from '../../../core/result.ts'
import { isObject, type JsonObject, objectsAt, textAt } from '../../decode/fields.ts'
import { defineJsonSource, itemsIn } from '../../source/json-source.ts'
import { verifyHmac } from '../../source/signatures.ts'
import type { LeftOut, Mapping } from '../../source/source.ts'
import { readResponse } from './read.ts'

const shape = {
  en: 'Typeform',
  requires: ['response.answers|response.landed_at|response.submitted_at', 'response.token|response.response_id'],
  unwrap,
  read: readResponse,
}

/** Typeform: webhooks (`form_response`) and responses as its API lists them (`items`). Its CSV comes in by survey-csv. */
export const typeform = defineJsonSource({
  ...shape,
  id: 'typeform',
  zh: 'Typeform 问卷',
  shelf: 'survey',
  describe: {
    zh: '推送（form_response）与 Responses API（items）。题目文字与量表来自 definition.fields；API 的答卷不带题目文字。评分题 1…steps，NPS 与量表题 0 或 1…steps。CSV 导出请用 survey-csv。',
    en: 'Webhooks (form_response) and the Responses API (items). Texts and scales of questions come from definition.fields; responses of the API carry none. Ratings go from 1 to their steps, NPS and scales from 0 or 1. For the CSV export use survey-csv.',
  },
  mapping: mapping(),
  leftOut: leftOut(),
  webhook: {
    secretHint: {
      zh: 'Typeform → 表单 → Connect → Webhooks → 编辑 → Secret',
      en: 'Typeform → the form → Connect → Webhooks → Edit → secret',
    },
    verify: (delivery, secret) =>
      verifyHmac(delivery, secret, {
        header: 'typeform-signature',
        algorithm: 'sha256',
        encoding: 'base64',
        prefix: 'sha256=',
      }),
    deliveryId: (_, payload) => textAt(payload, 'event_id'),
    read: (payload, context) => ok(itemsIn(shape, payload, context)),
  },
})

function unwrap(document: JsonObject): JsonObject[] {
  if (isObject(document.form_response)) return [{ response: document.form_response }]
  if (Array.isArray(document.items)) return objectsAt(document, 'items').map((response) => ({ response }))
  return [{ response: document }]
}

function mapping(): readonly Mapping[] {
  const at = (path: string, to: string) => ({ from: `response.${path}`, to })
  return [
    at('token', 'voice.conversation'),
    at('response_id', 'voice.conversation'),
    at('landed_at', 'event.at'),
    at('submitted_at', 'voice.at'),
    at('form_id', 'event.props.form_id'),
    at('definition.title', 'voice.facts.survey'),
    at('definition.fields.**', 'voice.facts.question'),
    at('answers[].**', 'voice.text'),
    at('calculated.score', 'event.props.score'),
    at('hidden.customer_id', 'voice.customerRef'),
    at('hidden.user_id', 'voice.customerRef'),
    at('hidden.*', 'event.props.*'),
    at('metadata.platform', 'voice.facts.platform'),
  ]
}

function leftOut(): readonly LeftOut[] {
  const inner = { zh: 'Typeform 内部状态', en: 'Typeform’s own state' }
  return 'landing_id response_type definition calculated variables outcome ending thankyou_screen_ref metadata'
    .split(' ')
    .map((path) => ({ from: `response.${path}.**`, why: inner }))
}
