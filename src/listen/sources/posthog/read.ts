import { scalarsOf } from '../../cells/scalars.ts'
import { isObject, type JsonObject, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { type Json, parseJson } from '../../decode/json.ts'
import { timeAt } from '../../decode/times.ts'
import { namedAs } from '../../happenings/names.ts'
import { because } from '../../reasons/reason.ts'
import type { Item } from '../../source/item.ts'

/** Exports to warehouses write the properties as a JSON text. */
export function propertiesOf(event: JsonObject): JsonObject {
  const found = valueAt(event, 'properties')
  if (typeof found !== 'string') return isObject(found) ? found : {}
  try {
    const parsed = parseJson(found)
    return isObject(parsed) ? parsed : {}
  } catch {
    return {}
  }
}

const surveyNames: Record<string, string> = {
  'survey sent': 'survey_sent',
  'survey shown': 'survey_shown',
  'survey dismissed': 'survey_dismissed',
  'survey abandoned': 'survey_dismissed',
}

export function readEvent(event: JsonObject): Item[] {
  const written = textAt(event, 'event')
  if (written === undefined)
    return [{ skipped: 'questions' in event ? because('survey_definition') : because('no_event') }]
  if (written === '$snapshot' || written === '$snapshot_items') return [{ skipped: because('recording') }]
  const properties = propertiesOf(event)
  const { name, touchpoint } = namedAs(surveyNames[written] ?? written.replace(/^\$/, ''))
  const id = textAt(event, 'uuid') ?? textAt(event, 'id') ?? textAt(properties, '$insert_id')
  const about = {
    at: timeAt(event, 'timestamp', 'UTC') ?? timeAt(properties, 'timestamp', 'UTC') ?? timeAt(event, 'sent_at', 'UTC'),
    customerRef: textAt(event, 'distinct_id') ?? textAt(properties, 'distinct_id'),
  }
  return [
    {
      event: {
        ...about,
        id,
        name,
        touchpoint,
        session: textAt(properties, '$session_id'),
        productId: textAt(properties, 'product_id'),
        orderId: textAt(properties, 'order_id'),
        props: {
          ...ownProperties(properties),
          ...knownProperties(properties),
          event_raw: written === name ? undefined : written.slice(0, 2_000),
        },
      },
    },
    ...(name === 'survey_sent' ? answersOf(properties, about, id) : []),
  ]
}

/** PostHog's own properties begin with $; those that say what happened are kept under plain names. */
const known: Record<string, string> = {
  $pathname: 'path',
  $host: 'host',
  title: 'title',
  $referring_domain: 'referrer_domain',
  $device_type: 'device_type',
  $browser: 'browser',
  $os: 'os',
  $event_type: 'event_type',
  $el_text: 'element_text',
  $screen_name: 'screen',
  $survey_id: 'survey_id',
  $survey_name: 'survey',
  $exception_message: 'error',
  $feature_flag: 'feature_flag',
  $feature_flag_response: 'feature_flag_response',
}

const knownProperties = (properties: JsonObject) =>
  Object.fromEntries(Object.entries(known).map(([from, to]) => [to, textAt(properties, from)?.slice(0, 2_000)]))

function ownProperties(properties: JsonObject) {
  const own = Object.entries(properties).filter(([key]) => !key.startsWith('$'))
  return scalarsOf(Object.fromEntries(own), new Set(['distinct_id', 'token', 'product_id', 'order_id', 'timestamp']))
}

interface About {
  at: unknown
  customerRef?: string
}

/**
 * The answers of a survey. `$survey_response_<question id>` is the newer form, `$survey_response` and `$survey_response_1` … the older; where
 * both are sent they are the same answers. A score's scale is not sent: it is a rating only where the question asks for a recommendation.
 */
function answersOf(properties: JsonObject, about: About, id: string | undefined): Item[] {
  const questions = objectsAt(properties, '$survey_questions')
  const keys = Object.keys(properties).filter((key) => /^\$survey_response(?:_|$)/.test(key))
  const numbered = keys.filter((key) => /^\$survey_response(?:_\d+)?$/.test(key))
  const byId = keys.filter((key) => !numbered.includes(key))
  const submission = textAt(properties, '$survey_submission_id') ?? id
  const answers = (byId.length > 0 ? byId : numbered).flatMap((key) => {
    const suffix = key.slice('$survey_response'.length).replace(/^_/, '')
    const question =
      byId.length > 0
        ? questions.find((one) => textAt(one, 'id') === suffix)
        : questions[suffix === '' ? 0 : Number(suffix)]
    const text = answerText(properties[key]!)
    return text === undefined
      ? []
      : [{ suffix: suffix === '' ? '0' : suffix, text, question: textAt(question, 'question') }]
  })
  if (answers.length === 0) return [{ skipped: because('no_answer') }]
  return answers.map(({ suffix, text, question }) => {
    const score = /^\d{1,2}$/.test(text) ? Number(text) : undefined
    const nps = score !== undefined && score <= 10 && /recommend|推荐/i.test(question ?? '')
    return {
      voice: {
        ...about,
        id: submission && `${submission}-${suffix}`,
        kind: 'survey' as const,
        conversation: submission,
        text: nps ? '' : text,
        ...(nps && { metric: 'nps' as const, rating: score }),
        facts: {
          survey: textAt(properties, '$survey_name') ?? textAt(properties, '$survey_id'),
          question: question?.slice(0, 2_000),
          score: nps ? undefined : score,
          partial: textAt(properties, '$survey_completed') === 'false' || undefined,
        },
      },
    }
  })
}

function answerText(answer: Json): string | undefined {
  const text = Array.isArray(answer)
    ? answer.filter((one) => typeof one !== 'object').join('、')
    : isObject(answer)
      ? undefined
      : answer === null
        ? undefined
        : String(answer)
  return text === undefined || text.trim() === '' ? undefined : text
}
