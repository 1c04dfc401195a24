import { fail, ok, type Result } from '../../../core/result.ts'
import { responseEvents } from '../../answers/answers.ts'
import {
  isPersonal,
  openSurvey,
  type QuestionColumn,
  type SurveyLayout,
  surveyTableSettings,
} from '../../answers/survey-table.ts'
import { type JsonObject, objectAt, objectsAt } from '../../decode/fields.ts'
import { parseTime } from '../../decode/values.ts'
import { columnsIn, fileProblem } from '../../reasons/files.ts'
import { because } from '../../reasons/reason.ts'
import { defineSource, type SourceOptions } from '../../source/source.ts'

/** The response's own columns: by import id (the same in every language), by name, and by the names of the older form. */
const own: Record<string, readonly string[]> = {
  response: ['_recordid', 'responseid'],
  started: ['startdate'],
  ended: ['enddate'],
  recorded: ['recordeddate'],
  status: ['status'],
  finished: ['finished'],
  customer: ['externaldatareference', 'externalreference'],
  channel: ['distributionchannel'],
  language: ['userlanguage'],
}
const left = new Set(
  'ipaddress progress duration durationinseconds recipientlastname recipientfirstname recipientemail recipientname name emailaddress locationlatitude locationlongitude locationaccuracy responseset lastname firstname'.split(
    ' ',
  ),
)
/** Text iQ, timers, display orders and score groups: derived by Qualtrics, not answered. */
const derived =
  /(?:_NPS_GROUP|_DO(?:_\w+)?|_First Click|_Last Click|_Page Submit|_Click Count)$|Topics|Sentiment|Parent Topics|Topic Hierarchy/i

export const qualtrics = defineSource({
  id: 'qualtrics',
  zh: 'Qualtrics 答卷（CSV、JSON）',
  en: 'Qualtrics responses',
  shelf: 'survey',
  describe: {
    zh: 'CSV 导出：三行表头（名称、题目、ImportId，任何语言），或旧版两行表头；JSON 导出没有题目文字，以 QID 代替。时间为账户时区，用 --zone。预览与测试答卷跳过。有 _NPS_GROUP 的题是 NPS。选项编码按导出的样子记。',
    en: 'The CSV export: three header lines (names, texts, ImportId, in any language), or two in the older form; or JSON, which tells no questions’ texts but their QIDs. Times are of the account’s zone: --zone. Previews and tests are skipped. A question with _NPS_GROUP is the NPS. Recoded choices stay as exported.',
  },
  settings: surveyTableSettings,
  mapping: [
    { from: 'ResponseId', to: 'voice.conversation' },
    { from: 'StartDate', to: 'event.at' },
    { from: 'RecordedDate', to: 'voice.at' },
    { from: 'EndDate', to: 'voice.at' },
    { from: 'Finished', to: 'event.props.finished' },
    { from: 'ExternalReference', to: 'voice.customerRef' },
    { from: 'DistributionChannel', to: 'voice.channel' },
    { from: 'UserLanguage', to: 'voice.lang' },
    { from: 'Q*', to: 'voice.text' },
    { from: 'Q*', to: 'voice.rating' },
    { from: 'Q* (line 2)', to: 'voice.facts.question' },
    { from: 'embedded data', to: 'event.props.*' },
  ],
  leftOut: [
    { from: 'IPAddress, Recipient…, Location…', why: { zh: '个人信息', en: 'personal details' } },
    { from: '…_NPS_GROUP, … - Topics, timers, …_DO', why: { zh: '由 Qualtrics 推出', en: 'derived by Qualtrics' } },
  ],
  open: (stream, options) =>
    openSurvey(
      qualtrics,
      stream,
      options,
      async (names, next, isJson) => {
        if (isJson) return layoutOf({ names, texts: names, imports: names, headerRows: 0 }, options)
        const texts = await next()
        const imports = importIdsOf((await next())?.cells)
        if (!texts) return notQualtrics(names)
        return layoutOf({ names, texts: texts.cells, imports, headerRows: imports ? 2 : 1 }, options)
      },
      responsesIn,
    ),
})

/** Its JSON: each response's values by their import ids; a question's answer as it is labelled, as far as it is. */
function responsesIn(document: JsonObject): JsonObject[] {
  const responses = Array.isArray(document.responses) ? objectsAt(document, 'responses') : [document]
  return responses.flatMap((response) => {
    const values = objectAt(response, 'values')
    if (!values) return []
    const labels = Object.entries(objectAt(response, 'labels') ?? {}).filter(([key]) => /^QID/.test(key))
    return [{ ...values, ...Object.fromEntries(labels), _recordId: response.responseId ?? values._recordId ?? null }]
  })
}

const plain = (name: string): string => name.replace(/[\s()]/g, '').toLowerCase()

function importIdsOf(cells: readonly string[] | undefined): string[] | undefined {
  if (!cells?.some((cell) => cell.trim().startsWith('{"ImportId"'))) return undefined
  return cells.map((cell) => /"ImportId"\s*:\s*"([^"]*)"/.exec(cell)?.[1] ?? '')
}

const notQualtrics = (names: readonly string[]) =>
  fail(fileProblem('no_qualtrics', { columns: columnsIn(names) }, 'line 1'))

interface Header {
  names: readonly string[]
  texts: readonly string[]
  imports: readonly string[] | undefined
  /** Lines below the first that belong to it. */
  headerRows: number
}

function layoutOf({ names, texts, imports, headerRows }: Header, { zone }: SourceOptions): Result<SurveyLayout> {
  const keys = names.map((name, place) =>
    [imports?.[place] ?? '', name, /^V\d+$/.test(name) ? (texts[place] ?? '') : ''].map(plain),
  )
  const placeOf = (field: string) => keys.findIndex((key) => key.some((one) => own[field]!.includes(one)))
  const places = Object.fromEntries(Object.keys(own).map((field) => [field, placeOf(field)]))
  if (places.response === -1) return notQualtrics(names)
  const used = new Set(Object.values(places))
  const rest = names.map((name, place) => ({ name, place })).filter(({ place }) => !used.has(place))
  const ownLeft = rest.filter(({ place }) => keys[place]!.some((key) => left.has(key)))
  const others = rest.filter((one) => !ownLeft.includes(one))
  const isDerived = ({ name, place }: { name: string; place: number }) =>
    derived.test(name) || derived.test(imports?.[place] ?? '')
  const embedded = imports ? others.filter((one) => !isDerived(one) && !/^"?QID/.test(imports[one.place] ?? '')) : []
  const groups = new Set(
    names.filter((name) => name.endsWith('_NPS_GROUP')).map((name) => name.slice(0, -'_NPS_GROUP'.length)),
  )
  const questions = others
    .filter((one) => !isDerived(one) && !embedded.includes(one))
    .map(({ name, place }): QuestionColumn => {
      const question = texts[place]?.trim() || name
      const score = groups.has(name) ? { rating: undefined, min: 0, max: 10, metric: 'nps' as const } : undefined
      return { place, id: name, question, personal: isPersonal(question), ...(score && { score }) }
    })
  return ok({
    questions,
    headerRows,
    used: [...used]
      .filter((place) => place >= 0)
      .map((place) => names[place]!)
      .concat(embedded.map(({ name }) => name)),
    left: [...ownLeft, ...others.filter(isDerived)].map(({ name }) => name),
    ...reader(places, zone),
    events: (cells, respondent) => {
      const given = embedded.filter(({ name }) => !isPersonal(name) && !/mail|phone|name/i.test(name))
      const props = {
        finished: isTrue(cells[places.finished!]),
        ...Object.fromEntries(given.map(({ name, place }) => [name.slice(0, 80), cells[place]!.trim() || undefined])),
      }
      const started = cells[places.started!]?.trim() || undefined
      return responseEvents(
        respondent,
        {
          started: started && (parseTime(started, zone) ?? started),
          sent: props.finished === false ? undefined : respondent.at,
        },
        props,
      )
    },
  })
}

function reader(places: Record<string, number>, zone: string) {
  const cell = (cells: readonly string[], field: string) => cells[places[field]!]?.trim() || undefined
  return {
    respondent: (cells: readonly string[]) => {
      const time = cell(cells, 'recorded') ?? cell(cells, 'ended')
      const finished = isTrue(cell(cells, 'finished'))
      return {
        response: cell(cells, 'response'),
        at: time && (parseTime(time, zone) ?? time),
        customerRef: cell(cells, 'customer'),
        channel: cell(cells, 'channel'),
        lang: cell(cells, 'language')?.toLowerCase().slice(0, 10),
        facts: { finished: finished === false ? false : undefined },
      }
    },
    skip: (cells: readonly string[]) => {
      const status = cell(cells, 'status') ?? ''
      if (/preview|test/i.test(status) || (/^\d+$/.test(status) && Number(status) & 3)) return because('survey_preview')
      return /^spam$/i.test(status) || (/^\d+$/.test(status) && Number(status) & 8) ? because('spam') : undefined
    },
  }
}

const isTrue = (cell: string | undefined): boolean | undefined => {
  if (cell === undefined || cell.trim() === '') return undefined
  return /^(?:1|true|yes|wahr|ja|是)$/i.test(cell.trim())
}
