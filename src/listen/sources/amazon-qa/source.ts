import { hash } from 'node:crypto'
import { numberOf, rowOf, timeOf } from '../../cells/cells.ts'
import { type JsonObject, objectsAt, valueAt } from '../../decode/fields.ts'
import type { Item } from '../../source/item.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import { mapped } from '../../source/mapping.ts'
import type { Row } from '../../source/table-source.ts'
import type { VoiceDraft } from '../../talk/thread.ts'

export const amazonQa = defineJsonSource({
  id: 'amazon-qa',
  zh: 'Amazon 商品问答',
  en: 'Amazon product Q&A',
  shelf: 'review',
  describe: {
    zh: 'Amazon 商品问答的 JSON 行，单答与多答两种。提问是顾客的话；回答来自其他顾客或卖家，分不清，一律记为客服、不算顾客的声音。单答形式没有提问时间：用首个回答的时间（提问不会更晚），并记事实 at_is_answer_time。',
    en: 'JSON lines of Amazon’s product Q&A, with one or with several answers. The question is the customer’s. Answers come from other customers or from sellers, which cannot be told apart: they are an agent’s and never count as the customer’s voice. The form with one answer has no time of the question: it takes the answer’s (it was not asked later), with the fact at_is_answer_time.',
  },
  unwrap: (document) =>
    Array.isArray(document.questions)
      ? objectsAt(document, 'questions').map((one) => ({
          ...(document.asin !== undefined && { asin: document.asin }),
          ...one,
        }))
      : [document],
  requires: ['asin', 'question|questionText'],
  mapping: mapped({
    'voice.productId': 'asin',
    'voice.text': ['question', 'questionText', 'answer', 'answers[].answerText'],
    'voice.at': ['unixTime', 'answerTime', 'questionTime', 'answers[].answerTime'],
    'voice.customerRef': ['askerID', 'answers[].answererID'],
    'voice.conversation': ['asin', 'question'],
    'voice.facts.at_is_answer_time': ['answerTime', 'answers[].answerTime'],
    'voice.facts.question_type': 'questionType',
    'voice.facts.answer_type': ['answerType', 'answers[].answerType'],
    'voice.facts.answer_score': 'answers[].answerScore',
    'voice.facts.helpful': 'answers[].helpful[]',
  }),
  leftOut: [],
  read,
})

function read(pair: JsonObject): Item[] {
  const row = rowOf(pair)
  const text = row('question', 'questionText')
  const productId = row('asin')
  // The data set has no ids: a question of a product is known by its words.
  const conversation = `qa-${hash('sha256', `${productId}\n${text}`, 'base64url').slice(0, 22)}`
  const nested = objectsAt(pair, 'answers')
  const answers = nested.length > 0 ? nested.map(answerOf) : answerOf(pair).text === undefined ? [] : [answerOf(pair)]
  const asked = momentOf(row('questionTime'))
  const times = answers.map(({ at }) => at).filter((at) => typeof at === 'number')
  const question: VoiceDraft = {
    kind: 'question',
    text,
    at: asked ?? (times.length > 0 ? Math.min(...times) : undefined),
    productId,
    customerRef: row('askerID'),
    conversation,
    turn: 0,
    facts: {
      question_type: row('questionType'),
      at_is_answer_time: (asked === undefined && times.length > 0) || undefined,
    },
  }
  const said = answers.filter((answer) => answer.text !== undefined)
  return [question, ...said.map((answer, place) => ({ ...answer, productId, conversation, turn: place + 1 }))].map(
    (voice) => ({ voice }),
  )
}

function answerOf(answer: JsonObject): VoiceDraft {
  const row = rowOf(answer)
  const helpful = valueAt(answer, 'helpful')
  const unix = row('unixTime')
  return {
    kind: 'question',
    speaker: 'agent',
    text: row('answer', 'answerText'),
    at: unix !== undefined && /^\d+$/.test(unix) ? Number(unix) * 1_000 : momentOf(row('answerTime')),
    customerRef: row('answererID'),
    facts: {
      answer_type: typeOf(row),
      answer_score: numberOf(row('answerScore')),
      helpful: Array.isArray(helpful) ? numberOf(String(helpful[0])) : undefined,
    },
  }
}

/** `?` says that nobody knows whether it is a yes. */
const typeOf = (row: Row): string | undefined => (row('answerType') === '?' ? undefined : row('answerType'))

/** `Jun 27, 2014` or `December 4, 2013`: the days of the data set's own seconds begin at midnight of the Pacific coast. */
const momentOf = (text: string | undefined): unknown => timeOf(text, 'America/Los_Angeles')
