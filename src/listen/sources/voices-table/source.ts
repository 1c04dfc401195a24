import { fail, ok, type Result } from '../../../core/result.ts'
import { voiceKinds } from '../../../core/voice.ts'
import { isObject, type JsonObject } from '../../decode/fields.ts'
import { documentsOf } from '../../decode/json.ts'
import { fitter, openTable } from '../../decode/table.ts'
import { decodeText } from '../../decode/text.ts'
import { fileProblem } from '../../reasons/files.ts'
import { because } from '../../reasons/reason.ts'
import { beginning } from '../../source/either-source.ts'
import { type Item, placed } from '../../source/item.ts'
import { defineSource, type FieldsMet, type Opened, type SourceItem, type SourceOptions } from '../../source/source.ts'
import { chooseColumns, fieldNames } from '../reviews-csv/columns.ts'
import { rowReader } from '../reviews-csv/rows.ts'
import { isKind, kindIn, speakerOf, wordsFor } from './vocabulary.ts'

/** Any table or JSON lines of one kind of voice: `--set kind=live_comment`. Columns are known by their names or by --map. */
export const voicesTable = defineSource({
  id: 'voices-table',
  zh: '其他声音（表格或 JSON 行）',
  en: 'other voices (a table or JSON lines)',
  shelf: 'table',
  broad: 0.55,
  targets: fieldNames,
  describe: {
    zh: '社区帖子、直播弹幕、社媒提及、意见箱、投诉、取消原因、商家反馈、神秘客暗访、高管亲听等任何一种声音的 CSV／TSV／JSON 行：用 --set kind=种类 说明是哪一种（列名如“弹幕内容”“投诉内容”已说明的可不填），列名中英文都能猜，也可用 --map 指定。神秘客与高管的记录不是顾客的原话，记为客服（speaker=agent），不计入顾客的声音；没有量表的得分只作事实，给出 --set ratingMin=0,ratingMax=100 才作评分。',
    en: 'CSV, TSV or JSON lines of any one kind of voice: community posts, live-room comments, social mentions, a suggestion box, complaints, cancel reasons, merchants’ feedback, notes of mystery shoppers and of listening executives. Say which with --set kind=KIND, unless columns such as 弹幕内容 or complaint_id tell; columns are known by their Chinese or English names, or named by --map. Notes of mystery shoppers and executives are not a customer’s own words: their speaker is agent, and they never count as a customer’s voice. A score without a scale is only a fact; with --set ratingMin=0,ratingMax=100 it is a rating.',
  },
  open,
})

interface Reader {
  read(cells: readonly string[]): Item[]
  notes: string[]
  fields: FieldsMet
}

async function open(stream: AsyncIterable<Uint8Array>, options: SourceOptions): Promise<Result<Opened>> {
  const { kind } = options.set
  const isSaid = 'kind' in options.map || isKind(kind)
  if (!isSaid && kind !== undefined) return fail(kindMissing(kind))
  const { isJson, encoding, bytes } = await beginning(stream)
  const closing = () => (encoding === undefined || encoding === 'utf-8' ? [] : [`read as ${encoding.toUpperCase()}`])
  if (isJson) return isSaid ? ok(fromJson(bytes, options, closing)) : fail(kindMissing(kind))
  const table = openTable(bytes, { dates: options.dates })
  const rows = table.rows[Symbol.asyncIterator]()
  const first = await rows.next()
  if (first.done) return fail(fileProblem('empty', {}))
  const told = isSaid ? undefined : kindIn(first.value.cells)
  if (!isSaid && told === undefined) return fail(kindMissing(kind))
  const reader = readerOf(first.value.cells, told ? { ...options, set: { ...options.set, kind: told } } : options)
  if (!reader.ok) return reader
  const { read, notes, fields } = reader.value
  const width = first.value.cells.length
  const fitted = fitter(first.value.cells)
  async function* items(): AsyncGenerator<SourceItem[]> {
    for (let next = await rows.next(); !next.done; next = await rows.next()) {
      const { line, cells: raw } = next.value
      const cells = fitted(raw)
      const reason = because('cells', { found: raw.length, expected: width })
      yield placed(line, cells ? read(cells) : [{ dead: { field: 'row', reason } }], raw, {})
    }
  }
  const why = told === undefined ? [] : [`its columns say that each row is a ${told}: --set kind=KIND says otherwise`]
  return ok({
    notes: [...why, ...notes],
    rows: items(),
    closing: () => [...table.notes(), ...closing()],
    dates: table.dates,
    fields: () => fields,
    telling: () => told !== undefined,
  })
}

/** Objects whose keys are the columns. Not all have the same ones: columns are chosen anew where they differ. */
function fromJson(bytes: AsyncIterable<Uint8Array>, options: SourceOptions, closing: () => string[]): Opened {
  const readers = new Map<string, Result<Reader>>()
  const notes = new Set<string>()
  async function* items(): AsyncGenerator<SourceItem[]> {
    for await (const { line, value, reason, text } of documentsOf(decodeText(bytes).chunks)) {
      if (reason !== undefined) {
        yield [{ line, kind: 'voices', dead: { field: '', reason, record: text } }]
        continue
      }
      const cells = flat(value as JsonObject)
      const header = [...cells.keys()]
      const key = header.join('\0')
      const reader = readers.get(key) ?? readerOf(header, options)
      if (readers.size < 1_000) readers.set(key, reader)
      if (reader.ok) for (const note of reader.value.notes) if (notes.size < 20) notes.add(note)
      const found = reader.ok
        ? reader.value.read([...cells.values()])
        : [{ dead: { field: 'keys', reason: because('bad_keys', { what: reader.problem.message }) } }]
      yield placed(line, found, value, {})
    }
  }
  const met = () => [...readers.values()].flatMap((one) => (one.ok ? [one.value.fields] : []))
  const once = (names: string[]) => [...new Set(names)]
  const fields = (): FieldsMet => ({
    used: [...new Map(met().flatMap(({ used }) => used.map((one) => [`${one.from}\0${one.to}`, one]))).values()],
    unused: once(met().flatMap(({ unused }) => unused)),
    left: once(met().flatMap(({ left }) => left)),
  })
  return { notes: [], rows: items(), closing: () => [...notes, ...closing()], fields }
}

function readerOf(names: readonly string[], options: SourceOptions): Result<Reader> {
  const { kind, speaker, ratingMax } = options.set
  const header = names.map((name) => name.trim())
  const writer = speaker ?? speakerOf(kind)
  const set = { ...options.set, ...(writer !== undefined && { speaker: writer }) }
  const columns = chooseColumns(
    header,
    { ...options, set },
    wordsFor(kind, ratingMax !== undefined || 'rating' in options.map),
  )
  if (!columns.ok) return columns
  const read = rowReader(columns.value, options.zone)
  const { notes, fields } = columns.value
  return ok({ read: (cells) => read(cells).map(judged), notes, fields })
}

/** What says nothing is counted as such; a score of which nobody knows the scale does not stand for words. */
function judged(item: Item): Item {
  if (!('voice' in item) || item.voice.text !== undefined || item.voice.rating !== undefined) return byWriter(item)
  const { score } = (item.voice.facts ?? {}) as { score?: unknown }
  if (score === undefined) return { skipped: because('no_words') }
  const reason = because('score_without_scale', { score: String(score) })
  return { dead: { field: 'facts.score', reason } }
}

/** Where each row names its kind, its speaker follows from that. */
function byWriter(item: Item): Item {
  if (!('voice' in item) || item.voice.speaker !== undefined) return item
  const speaker = speakerOf(item.voice.kind as string | undefined)
  return speaker === undefined ? item : { voice: { ...item.voice, speaker } }
}

/** Values by their keys, those of inner objects by paths; lists are no cells. */
function flat(object: JsonObject, prefix = ''): Map<string, string> {
  const cells = new Map<string, string>()
  for (const [key, value] of Object.entries(object)) {
    if (isObject(value)) for (const [path, cell] of flat(value, `${prefix}${key}.`)) cells.set(path, cell)
    else if (value !== null && !Array.isArray(value)) cells.set(prefix + key, String(value))
    else if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
      cells.set(prefix + key, value.join('、'))
  }
  return cells
}

const kindMissing = (kind: string | undefined) =>
  kind === undefined
    ? fileProblem('kind_not_said', { kinds: voiceKinds.join(', ') })
    : fileProblem('kind_unknown', { kind, kinds: voiceKinds.join(', ') })
