import { fail, ok, type Result } from '../../core/result.ts'
import type { JsonObject } from '../decode/fields.ts'
import { fitter, openTable, type TableRow } from '../decode/table.ts'
import { fileProblem } from '../reasons/files.ts'
import { because, type Reason } from '../reasons/reason.ts'
import { beginning } from '../source/either-source.ts'
import { constantsOf, type Item, placed, type Settings } from '../source/item.ts'
import type { ConnectionSetting, FieldsMet, Opened, Source, SourceItem, SourceOptions } from '../source/source.ts'
import {
  type Answer,
  answered,
  asksForPerson,
  givenScale,
  metricOf,
  type Respondent,
  scaleIn,
  scaleSetting,
} from './answers.ts'
import { jsonTable } from './json-table.ts'

/** A column that holds answers. */
export interface QuestionColumn {
  place: number
  id: string
  question: string
  /** One choice of a question of which several may be chosen, or one row of a matrix. */
  choice?: string | undefined
  /** Whether the question's cells are marks of what was chosen: set once the first rows are read. */
  marks?: boolean
  /** Where the export itself says what the number measures. */
  score?: Answer['score']
  personal?: boolean
}

/** What a survey system's table is, once its header lines are read. */
export interface SurveyLayout {
  questions: readonly QuestionColumn[]
  /** How many of the rows that the layout asked for are header lines too. */
  headerRows?: number
  /** Columns of the response itself that are used, and those left out on purpose, for the notes. */
  used: readonly string[]
  left: readonly string[]
  notes?: readonly string[]
  respondent(cells: readonly string[]): Respondent
  /** Why a row is rightly no response, such as a preview. */
  skip?(cells: readonly string[]): Reason | undefined
  /** What the response is as an event, and what else it tells. */
  events(cells: readonly string[], respondent: Respondent): Item[]
}

/** Rows looked at before it is decided what a column's numbers can measure. */
const AHEAD = 200

export const surveyTableSettings: readonly ConnectionSetting[] = [
  ...(['nps', 'csat', 'ces'] as const).map((id) => ({
    id,
    zh: `${id.toUpperCase()} 的列`,
    en: `Column of the ${id.toUpperCase()}`,
    optional: true,
    hint: { zh: `列名，如 --set ${id}=Q3；不要猜错的就写明`, en: `Its name, such as --set ${id}=Q3` },
  })),
  scaleSetting,
]

/**
 * Reads a survey's table: header lines by `layout` (which takes as many rows as it needs), then one response a row. A column's numbers are
 * a score where the export, the question's words, or a person says on which scale. With `unwrap`, a file of JSON is read as well: its
 * responses, each a flat object, as rows below one header line.
 */
export async function openSurvey(
  source: Pick<Source, 'id' | 'settings'>,
  stream: AsyncIterable<Uint8Array>,
  options: SourceOptions,
  layout: (
    header: string[],
    next: () => Promise<TableRow | undefined>,
    isJson: boolean,
  ) => Promise<Result<SurveyLayout>>,
  unwrap?: (document: JsonObject) => JsonObject[],
): Promise<Result<Opened>> {
  const { isJson, bytes } = await (unwrap ? beginning(stream) : { isJson: false, bytes: stream })
  const table = unwrap && isJson ? jsonTable(bytes, unwrap) : openTable(bytes, { dates: options.dates })
  const rows = table.rows[Symbol.asyncIterator]()
  const ahead: TableRow[] = []
  const next = async () => {
    const row = await rows.next()
    return row.done ? undefined : (row.value as TableRow)
  }
  const header = await next()
  if (!header) return fail(fileProblem('empty', {}))
  const names = header.cells.map((cell) => cell.replace(/^\ufeff/, '').trim())
  const asked = async () => {
    const row = await next()
    if (row) ahead.push(row)
    return row
  }
  const found = await layout(names, asked, isJson)
  if (!found.ok) return found
  ahead.splice(0, found.value.headerRows ?? 0)
  while (ahead.length < AHEAD) {
    const row = await next()
    if (!row) break
    ahead.push(row)
  }
  const scored = withMarks(withOwnIds(found.value.questions), ahead).map((column) => ({
    ...column,
    ...scoreOf(column, ahead, options.set),
  }))
  async function* all() {
    yield* ahead
    for (let row = await next(); row; row = await next()) yield row
  }
  const fields = fieldsIn(found.value, scored)
  const notes = [...notesOn(found.value, fields), ...scored.flatMap(({ note }) => note ?? [])]
  const constants = constantsOf(options, source.settings)
  const items = itemsOf(all(), names, found.value, scored, constants)
  return ok({ notes, rows: items, closing: table.notes, dates: table.dates, fields: () => fields })
}

/** Ids short enough to be part of a voice's, and each only once: two questions may have the same words. */
function withOwnIds(columns: readonly QuestionColumn[]): QuestionColumn[] {
  const seen = new Map<string, number>()
  return columns.map((column) => {
    const id = column.id.slice(0, 100)
    const before = seen.get(id) ?? 0
    seen.set(id, before + 1)
    return { ...column, id: before === 0 ? id : `${id}#${before + 1}` }
  })
}

/** A question's cells are marks where every one of them is: in a matrix some hold other values, and then `1` is one of these. */
function withMarks(columns: readonly QuestionColumn[], rows: readonly TableRow[]): QuestionColumn[] {
  const others = new Set(
    columns
      .filter(({ place, choice }) =>
        rows.some(
          ({ cells }) =>
            choice !== undefined && !OTHER.test(choice) && cells[place]?.trim() && !isMark(cells[place].trim(), choice),
        ),
      )
      .map(({ question }) => question),
  )
  return columns.map((column) => ({ ...column, marks: column.choice !== undefined && !others.has(column.question) }))
}

/** A choice beside which people write their own words. */
const OTHER = /^(?:other|其他|其它|sonstige|autre|otr[oa]|altro|drug)|specify|请注明|请说明/i

async function* itemsOf(
  rows: AsyncIterable<TableRow>,
  header: readonly string[],
  layout: SurveyLayout,
  questions: readonly QuestionColumn[],
  constants: ReturnType<typeof constantsOf>,
): AsyncGenerator<SourceItem[]> {
  const fitted = fitter(header)
  for await (const { line, cells: raw } of rows) {
    const cells = fitted(raw)
    if (cells === undefined) {
      const reason = because('cells', { found: raw.length, expected: header.length })
      yield [{ line, kind: 'voices', dead: { field: 'row', reason, record: raw } }]
      continue
    }
    const skip = layout.skip?.(cells)
    if (skip !== undefined) {
      yield [{ line, skipped: skip }]
      continue
    }
    const respondent = layout.respondent(cells)
    yield placed(
      line,
      [...layout.events(cells, respondent), ...answersOf(respondent, questions, cells)],
      cells,
      constants,
    )
  }
}

function answersOf(respondent: Respondent, questions: readonly QuestionColumn[], cells: readonly string[]): Item[] {
  const chosen = new Map<string, { column: QuestionColumn; choices: string[] }>()
  const items: Item[] = []
  for (const column of questions) {
    const cell = cells[column.place]!.trim()
    if (cell === '') continue
    if (column.personal) items.push({ skipped: because('personal') })
    else if (column.marks && column.choice !== undefined && isMark(cell, column.choice)) {
      const group = chosen.get(column.question) ?? { column, choices: [] }
      if (!/^(?:n|no|nein|non|0|否|未选|false)$/i.test(cell)) group.choices.push(column.choice)
      chosen.set(column.question, group)
    } else items.push(...answered(respondent, answerOf(column, cell)))
  }
  for (const { column, choices } of chosen.values())
    items.push(
      ...answered(respondent, {
        id: column.id.replace(/\[.*$/, ''),
        question: column.question,
        text: choices.join('、'),
      }),
    )
  return items
}

/** A cell that says only whether its choice was chosen. */
const isMark = (cell: string, choice: string): boolean =>
  cell === choice || /^(?:y|n|yes|no|ja|nein|oui|non|1|0|是|否|选中|未选|true|false|checked|x|✓)$/i.test(cell)

function answerOf(column: QuestionColumn, cell: string): Answer {
  const { id, question, choice, score } = column
  const asked = { id, question: choice === undefined ? question : `${question} [${choice}]` }
  const number = numberIn(cell)
  return score && number !== undefined ? { ...asked, score: { ...score, rating: number } } : { ...asked, text: cell }
}

/** `9`, or the ends of a scale as some systems label them: `10 - extremely likely`, `5分`. */
function numberIn(cell: string): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?)\s*(?:分|星|$|[-–—:：]\s*\D)/.exec(cell.normalize('NFKC'))
  return match ? Number(match[1]) : undefined
}

type Scored = { score?: Answer['score']; note?: string }

/** What a column's numbers measure, and where that follows from its first answers, a note that says so. */
function scoreOf(column: QuestionColumn, rows: readonly TableRow[], set: Settings): Scored {
  const { question, id, place } = column
  if (column.score) return {}
  const names = [id, question]
  const said = (['nps', 'csat', 'ces'] as const).find((metric) =>
    namesIn(set[metric]).some((name) => names.includes(name)),
  )
  const written = scaleIn(question)
  if (said !== undefined) {
    const scale = said === 'nps' ? { min: 0, max: 10 } : (written ?? givenScale(set) ?? { min: 1, max: 5 })
    return { score: { rating: undefined, ...scale, metric: said } }
  }
  const metric = written && metricOf(question, written)
  if (written) return { score: { rating: undefined, ...written, metric } }
  const numbers = rows.flatMap(({ cells }) => numberIn(cells[place]?.trim() ?? '') ?? [])
  const zeroToTen =
    numbers.length > 0 && numbers.every((n) => n >= 0 && n <= 10) && numbers.some((n) => n > 7 || n === 0)
  if (zeroToTen && metricOf(question, { min: 0, max: 10 }) === 'nps')
    return {
      score: { rating: undefined, min: 0, max: 10, metric: 'nps' },
      note: `"${question}" is read as the NPS, 0 to 10: it asks about recommending, and its first ${numbers.length} answers lie there`,
    }
  const asks = metricOf(question, { min: 1, max: 5 })
  const given = givenScale(set)
  if (asks && given) return { score: { rating: undefined, ...given, metric: asks } }
  if (asks && numbers.length > 0)
    return {
      note: `"${question}" may be a ${asks.toUpperCase()}, but nothing tells its scale: say --set ${asks}=${id} --set scale=1-5`,
    }
  return {}
}

const namesIn = (given: string | undefined): string[] =>
  given === undefined ? [] : [given, ...given.split(',')].map((name) => name.trim())

function fieldsIn({ used, left }: SurveyLayout, questions: readonly QuestionColumn[]): FieldsMet {
  const asked = questions.filter(({ personal }) => !personal)
  return {
    used: [
      ...used.map((from) => ({ from, to: 'event.props' })),
      ...asked.map(({ id, score }) => ({ from: id, to: score ? 'voice.rating' : 'voice.text' })),
    ],
    unused: [],
    left: [...left, ...questions.filter(({ personal }) => personal).map(({ id }) => id)],
  }
}

function notesOn({ notes }: SurveyLayout, { used, left }: FieldsMet): string[] {
  return [
    `columns used: ${used.map(({ from }) => from).join(', ')}`,
    ...(left.length > 0 ? [`columns left out on purpose: ${left.join(', ')}`] : []),
    ...(notes ?? []),
  ]
}

export const isPersonal = (question: string): boolean => asksForPerson(question)
