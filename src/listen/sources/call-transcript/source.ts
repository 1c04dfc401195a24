import { fail, ok, type Result } from '../../../core/result.ts'
import type { JsonObject } from '../../decode/fields.ts'
import { documentsOf } from '../../decode/json.ts'
import { decodeText } from '../../decode/text.ts'
import { columnsIn, fileProblem } from '../../reasons/files.ts'
import { because } from '../../reasons/reason.ts'
import { constantsOf, type Item, placed, type Settings } from '../../source/item.ts'
import { defineSource, type Opened, type SourceItem, type SourceOptions } from '../../source/source.ts'
import { speakerOf, speakerSettings, spoken } from '../../talk/speaking.ts'
import { isOfCalls } from '../../talk/turn-fields.ts'
import { beginning, objectTurns, speakerLine, Turns, tableOfTurns } from '../../talk/turns.ts'
import { cuesOf } from './cues.ts'
import { type Call, callsIn, vendors } from './vendors.ts'

/** Transcripts of calls. Who of several voices is the customer, a person must say: nothing in a recording tells it. */
export const callTranscript = defineSource({
  id: 'call-transcript',
  zh: '热线通话转写',
  en: 'Call transcripts',
  shelf: 'service',
  broad: 0.5,
  describe: {
    zh: 'Deepgram、Fireflies、Twilio、AWS（Transcribe、Call Analytics、Contact Lens）的 JSON，或说话人／开始／内容的表格、JSON、SRT、VTT、文本。只有编号的说话人不知道谁是顾客：用 --set customer=1,agent=0（声道或说话人的编号、名字）说明，或 --set unknown=agent；否则列为死信，绝不把坐席的话当成顾客的。没有时间的用 --set at=2026-03-02。摘要不是任何人的话，不读。',
    en: 'JSON of Deepgram, Fireflies, Twilio, AWS (Transcribe, Call Analytics, Contact Lens), or tables, JSON, SRT, VTT and texts of speaker, start and words. Numbered voices do not tell who is the customer: say --set customer=1,agent=0 (numbers or names of voices or channels), or --set unknown=agent; else they are dead letters, so that an agent is never taken for the customer. Without a time: --set at=2026-03-02. Summaries are nobody’s words and are not read.',
  },
  settings: speakerSettings,
  mapping: [
    { from: 'conversation', to: 'voice.conversation' },
    { from: 'created', to: 'voice.at' },
    { from: 'speaker', to: 'voice.speaker' },
    { from: 'text', to: 'voice.text' },
    { from: 'start', to: 'voice.facts.start_seconds' },
    { from: 'id', to: 'voice.id' },
  ],
  leftOut: [
    {
      from: 'summary, confidence, words[].*, sentiment',
      why: { zh: '机器得出的，不是谁说的', en: 'made by the machine, said by nobody' },
    },
  ],
  async open(stream, options): Promise<Result<Opened>> {
    const from = await beginning(stream)
    if (from.json) return ok(fromJson(from.stream, options))
    const head = from.head.toString('utf8')
    const isCues = /^\ufeff?(?:WEBVTT|\d+\s*\r?\n\s*\d+:\d\d)/.test(head)
    const isLines = !isCues && /^\ufeff?\s*(?:\[[\d:.]+\]\s*)?[^,\t;:：\n]{1,40}[:：]\s*\S/.test(head)
    if (isCues || isLines) return ok(fromCues(from.stream, options))
    const { notes, rows, header, closing, dates, fields } = await tableOfTurns(
      callTranscript,
      from.stream,
      options,
      'call',
    )
    return rows ? ok({ notes, rows, closing, dates, fields, telling: () => isOfCalls(header) }) : notTurns(header)
  },
})

const notTurns = (header: readonly string[]) =>
  fail(fileProblem('no_transcript', { columns: columnsIn(header) }, 'line 1'))

function fromJson(stream: AsyncIterable<Uint8Array>, options: SourceOptions): Opened {
  const text = decodeText(stream)
  const counts = new Turns()
  const constants = constantsOf(options, speakerSettings)
  let telling = false
  async function* rows(): AsyncGenerator<SourceItem[]> {
    for await (const { line, value, reason, text: raw } of documentsOf(text.chunks)) {
      if (reason !== undefined) {
        yield [{ line, kind: 'voices', dead: { field: '', reason, record: raw } }]
        continue
      }
      for (const object of callsIn(value as JsonObject)) {
        const call = vendors.map((vendor) => vendor(object)).find((found) => found !== undefined)
        telling ||= call !== undefined || isOfCalls(Object.keys(object))
        const items = call
          ? callItems(call, options.set)
          : objectTurns(object, 'call', options.zone, options, counts, new Set())
        yield placed(line, items, object, constants)
      }
    }
  }
  return { notes: [], rows: rows(), telling: () => telling }
}

function fromCues(stream: AsyncIterable<Uint8Array>, options: SourceOptions): Opened {
  const constants = constantsOf(options, speakerSettings)
  async function* rows(): AsyncGenerator<SourceItem[]> {
    let turn = 0
    for await (const { line, startSeconds, text, speaker } of cuesOf(decodeText(stream))) {
      const named = speaker === undefined ? speakerLine(text) : { speaker, text }
      const call = { turns: [{ startSeconds, ...named }] }
      yield placed(line, callItems(call, options.set, turn++), text, constants)
    }
  }
  return { notes: [], rows: rows() }
}

function callItems({ conversation, at, turns }: Call, settings: Settings, from = 0): Item[] {
  if (turns.length === 0) return [{ skipped: because('no_words') }]
  return turns.map(({ id, speaker, text, startSeconds }, place) => {
    const turn = from + place
    const voice = {
      id: id ?? (conversation && `${conversation}.${turn}`),
      kind: 'call' as const,
      text,
      at,
      conversation,
      turn,
      facts: { start_seconds: startSeconds },
    }
    return spoken(speakerOf(speaker, settings), voice, { field: 'speaker', written: speaker }, settings)
  })
}
