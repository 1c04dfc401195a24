import { ok } from '../../../core/result.ts'
import { isObject, type JsonObject, objectAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { defineJsonSource, itemsIn } from '../../source/json-source.ts'
import { verifyHmac } from '../../source/signatures.ts'
import type { LeftOut, Mapping } from '../../source/source.ts'
import { speakerSettings } from '../../talk/speaking.ts'
import { readDelivery } from './read.ts'

const shape = {
  en: 'Chatwoot',
  requires: ['event'],
  unwrap,
  read: readDelivery,
}

/** Chatwoot's webhooks, one object a line, and what its API and its older documentation give: messages and conversations. */
export const chatwoot = defineJsonSource({
  ...shape,
  id: 'chatwoot',
  zh: 'Chatwoot 客服会话',
  shelf: 'service',
  describe: {
    zh: '推送（消息、满意度、会话状态）与 API 导出的会话和消息。坐席、机器人与系统的话不算顾客的声音；内部备注跳过。',
    en: 'Webhooks (messages, satisfaction, state of conversations) and conversations and messages as the API gives them. What agents, bots and the system say is not the customer’s voice; private notes are skipped.',
  },
  settings: speakerSettings,
  mapping: mapping(),
  leftOut: leftOut(),
  webhook: {
    secretHint: {
      zh: 'Chatwoot → 设置 → 集成 → Webhooks → 该 Webhook 的 Secret',
      en: 'Chatwoot → Settings → Integrations → Webhooks → the secret of the webhook',
    },
    verify: (delivery, secret) =>
      verifyHmac(delivery, secret, {
        header: 'x-chatwoot-signature',
        timestampHeader: 'x-chatwoot-timestamp',
        algorithm: 'sha256',
        encoding: 'hex',
        prefix: 'sha256=',
      }),
    deliveryId: (delivery) => delivery.header('x-chatwoot-delivery'),
    read: (payload, context) => ok(itemsIn(shape, payload, context)),
  },
})

/** Each as a delivery: answers of the API become deliveries of the made-up events `message` and `conversation`. */
function unwrap(document: JsonObject): JsonObject[] {
  if (valueAt(document, 'event') !== undefined) return [document]
  const list = objectsAt(document, 'payload').length > 0 ? 'payload' : 'data.payload'
  const listed = objectsAt(document, list)
  if (listed.length === 0 && Array.isArray(valueAt(document, list))) return []
  if (listed.length > 0) return listed.flatMap(exported)
  return exported(document)
}

function exported(object: JsonObject): JsonObject[] {
  if (isObject(object.submitted_values)) return [{ event: 'message', content_attributes: object }]
  if ('message_type' in object) return [{ event: 'message', ...object }]
  if ('rating' in object && ('feedback_message' in object || 'message_id' in object))
    return [{ event: 'csat', ...object }]
  if (!Array.isArray(object.messages)) return [object]
  const { messages, ...conversation } = object
  const account = textAt(object, 'account_id')
  return [
    { event: 'conversation', ...conversation },
    ...objectsAt(object, 'messages').map((message) => ({
      event: 'message',
      ...(account !== undefined && { account_id: account }),
      ...(objectAt(object, 'meta.sender') && { contact: object.meta }),
      conversation_id: object.id ?? null,
      ...message,
    })),
  ]
}

function mapping(): readonly Mapping[] {
  return [
    { from: 'event', to: 'event.name' },
    { from: 'id', to: 'voice.id' },
    { from: 'account.id', to: 'voice.id' },
    { from: 'account_id', to: 'voice.id' },
    { from: 'content', to: 'voice.text' },
    { from: 'message_type', to: 'voice.speaker' },
    { from: 'sender_type', to: 'voice.speaker' },
    { from: 'sender.type', to: 'voice.speaker' },
    { from: 'content_attributes.automation_rule_id', to: 'voice.speaker' },
    { from: 'additional_attributes.campaign_id', to: 'voice.speaker' },
    { from: 'sender.id', to: 'voice.customerRef' },
    { from: 'sender.identifier', to: 'voice.customerRef' },
    { from: 'contact.id', to: 'voice.customerRef' },
    { from: 'contact.identifier', to: 'voice.customerRef' },
    { from: 'created_at', to: 'voice.at' },
    { from: 'updated_at', to: 'event.at' },
    { from: 'conversation.id', to: 'voice.conversation' },
    { from: 'conversation.display_id', to: 'voice.conversation' },
    { from: 'conversation_id', to: 'voice.conversation' },
    { from: 'conversation.channel', to: 'voice.channel' },
    { from: 'content_attributes.submitted_values.csat_survey_response.rating', to: 'voice.rating' },
    { from: 'content_attributes.submitted_values.csat_survey_response.feedback_message', to: 'voice.text' },
    { from: 'content_attributes.submitted_values[]', to: 'voice.text' },
    { from: 'rating', to: 'voice.rating' },
    { from: 'feedback_message', to: 'voice.text' },
    { from: 'message_id', to: 'voice.id' },
    { from: 'content_attributes.email.text_content.reply', to: 'voice.text' },
    { from: 'content_type', to: 'voice.facts.content_type' },
    { from: 'attachments', to: 'voice.facts.attachments' },
    { from: 'inbox.name', to: 'voice.facts.inbox' },
    { from: 'conversation.labels', to: 'voice.facts.labels' },
    { from: 'private', to: 'voice.facts.content_type' },
    { from: 'status', to: 'event.props.status' },
    { from: 'changed_attributes', to: 'event.props.changed' },
    { from: 'channel', to: 'event.channel' },
    { from: 'labels', to: 'event.props.labels' },
    { from: 'meta.sender.id', to: 'event.customerRef' },
    { from: 'meta.sender.identifier', to: 'event.customerRef' },
    { from: 'contact_inbox.contact_id', to: 'event.customerRef' },
  ]
}

function leftOut(): readonly LeftOut[] {
  const person = { zh: '个人信息', en: 'personal details' }
  const again = { zh: '与消息本身重复', en: 'the message once more' }
  const state = { zh: '系统内部状态', en: 'Chatwoot’s own state' }
  return [
    ...['sender', 'contact', 'meta.sender', 'contact_inbox'].map((from) => ({ from: `${from}.**`, why: person })),
    ...['conversation.messages', 'messages', 'processed_message_content'].map((from) => ({ from, why: again })),
    ...'conversation.** additional_attributes.** custom_attributes.** content_attributes.** account.** inbox.** meta.** source_id external_source_ids inbox_id sender_id sentiment can_reply priority uuid muted snoozed_until unread_count agent_last_seen_at assignee_last_seen_at contact_last_seen_at last_activity_at last_non_activity_message timestamp waiting_since first_reply_created_at sla_policy_id applied_sla sla_events echo_id event_info current_conversation source_type avatar thumbnail name email identifier phone_number blocked type assigned_agent'
      .split(' ')
      .map((from) => ({ from, why: state })),
  ]
}
