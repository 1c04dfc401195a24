import { type JsonObject, objectsAt, valueAt } from '../../decode/fields.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import { leave, mapped } from '../../source/mapping.ts'
import { propertiesOf, readEvent } from './read.ts'

const noise = ['$ip', '$geoip_*', '$set', '$set_once', '$lib']

export const posthog = defineJsonSource({
  id: 'posthog',
  zh: 'PostHog',
  en: 'PostHog',
  shelf: 'behaviour',
  describe: {
    zh: `事件接口的分页、capture 批次与导出的 JSON Lines。survey sent 的每个回答成为一条问卷声音；问卷不带量表，分数只有在问“是否愿意推荐”时才记为 NPS。不收：${noise.join('、')} 等网络地址与个人属性、会话录屏。`,
    en: `Pages of the events API, capture batches and exports as JSON lines. Each answer of a survey sent is a voice; scales are not sent, so a score is a rating (NPS) only where a recommendation is asked for. Left out: ${noise.join(', ')} and other network addresses and traits of persons, recordings of sessions.`,
  },
  requires: ['event|questions', 'distinct_id|properties.distinct_id|properties.$distinct_id|questions'],
  mapping: mapped({
    'event.name': 'event',
    'event.id': ['uuid', 'id'],
    'event.at': ['timestamp', 'sent_at'],
    'event.customerRef': 'distinct_id',
    'event.session': 'properties.$session_id',
    'event.props.*': 'properties.**',
    'voice.text': 'properties.$survey_response',
    'voice.facts.question': 'properties.$survey_questions[].question',
  }),
  leftOut: [
    ...leave(
      '个人属性与网络地址',
      'traits of persons and network addresses',
      'person.**',
      'person_properties.**',
      'set.**',
      'set_once.**',
      'ip',
      '$set.**',
      '$set_once.**',
      'person_id',
      'people_set',
      'people_set_once',
    ),
    ...leave(
      '页面元素与信封',
      'page elements and the envelope',
      'elements[].**',
      'elements_chain',
      'api_key',
      'token',
      'type',
      'library',
      'library_version',
      'offset',
      'created_at',
      'inserted_at',
      'team_id',
      'site_url',
      'bq_ingested_timestamp',
      '_inserted_at',
      'elements',
      'data_interval_start',
    ),
    ...leave(
      '问卷定义不是回答',
      'the definition of a survey is no answer',
      'questions[].**',
      'name',
      'description',
      'schedule',
      'internal_targeting_flag.**',
      'created_by.**',
      'feature_flag_keys[].**',
      'archived',
      'response_sampling_interval_type',
      'enable_partial_responses',
      'enable_iframe_embedding',
      'base_language',
      'user_access_level',
      'conditions.**',
      'appearance.**',
      'linked_flag.**',
      'targeting_flag.**',
      'start_date',
      'end_date',
    ),
  ],
  unwrap: (document) => {
    const list = ['results', 'batch', 'events', 'data'].map((name) => valueAt(document, name)).find(Array.isArray)
    return list
      ? (list.filter((one) => typeof one === 'object' && one !== null && !Array.isArray(one)) as JsonObject[]).map(
          opened,
        )
      : [opened(document)]
  },
  read: readEvent,
})

/** With its properties as an object, so that the fields in them are seen. */
const opened = (event: JsonObject): JsonObject =>
  typeof event.properties === 'string' && objectsAt(event, 'questions').length === 0
    ? { ...event, properties: propertiesOf(event) }
    : event
