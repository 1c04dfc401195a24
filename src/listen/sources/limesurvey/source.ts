import { fail, ok, type Result } from '../../../core/result.ts'
import { type Respondent, responseEvents } from '../../answers/answers.ts'
import {
  isPersonal,
  openSurvey,
  type QuestionColumn,
  type SurveyLayout,
  surveyTableSettings,
} from '../../answers/survey-table.ts'
import { isObject, type JsonObject } from '../../decode/fields.ts'
import { parseTime } from '../../decode/values.ts'
import { columnsIn, fileProblem } from '../../reasons/files.ts'
import { defineSource, type SourceOptions } from '../../source/source.ts'

/** The response's own columns, as codes and as headings in English, German, French, Spanish and Chinese. */
const own: Record<string, readonly string[]> = {
  response: [
    'id',
    'response id',
    'antwort id',
    'id de la réponse',
    'id de respuesta',
    '答复 id',
    '答复id',
    '回复 id',
    '回應 id',
  ],
  sent: [
    'submitdate',
    'date submitted',
    'datum abgeschickt',
    'date de soumission',
    'fecha de envío',
    '提交日期',
    '送出日期',
  ],
  started: [
    'startdate',
    'date started',
    'datum gestartet',
    'date de lancement',
    'fecha de inicio',
    '开始日期',
    '起始日期',
  ],
  acted: [
    'datestamp',
    'date last action',
    'datum letzte aktivität',
    'date de la dernière action',
    'fecha de la última acción',
    '最后操作日期',
    '最后活动日期',
  ],
  language: [
    'startlanguage',
    'start language',
    'start-sprache',
    'langue de départ',
    'lenguaje inicial',
    '起始语言',
    '开始语言',
  ],
  customer: ['token', 'access code', 'zugangscode', "code d'accès", 'contraseña', '访问代码', '操作代码'],
}
const left =
  /^(?:lastpage|last page|letzte seite|dernière page|última página|最后一页|seed|zufallsstartwert|random seed|随机种子|种子|ipaddr|ip address|ip-adresse|adresse ip|ip 地址|ip地址|refurl|referrer url|weiterleitungs-url|interviewtime|total time|gesamtzeit|firstname|lastname|email|email address|e-mail-adresse|(?:group|question) time: .*|grouptime\d*)$/i

/** Timings of questions: `Q1Time`. */
const timing = /^[A-Za-z]\w*Time$/
const isLeft = (name: string): boolean => left.test(name) || timing.test(name)

export const limesurvey = defineSource({
  id: 'limesurvey',
  zh: 'LimeSurvey 答卷（CSV、JSON）',
  en: 'LimeSurvey responses',
  shelf: 'survey',
  describe: {
    zh: 'CSV 或 JSON 导出，表头（JSON 为键）为题目代码、题目全文或“代码. 题目”，逗号或分号均可。时间为服务器时区，用 --zone。选项代码按导出的样子记；多选题合成一条。分数题的量表写在题目里、或用 --set nps=列、--set csat=列 --set scale=1-5 说明。',
    en: 'The export as CSV (divided by commas or semicolons) or JSON, its header or keys holding codes, texts, or both (“Q1. Text”). Times are of the server’s zone: --zone. Answer codes stay as exported; a multiple choice is one answer. Scales come from the question’s words, or from --set nps=COLUMN, --set csat=COLUMN --set scale=1-5.',
  },
  settings: surveyTableSettings,
  mapping: [
    { from: 'Response ID', to: 'voice.conversation' },
    { from: 'Date submitted', to: 'voice.at' },
    { from: 'Date last action', to: 'voice.at' },
    { from: 'Date started', to: 'event.at' },
    { from: 'Start language', to: 'voice.lang' },
    { from: 'Token', to: 'voice.customerRef' },
    { from: '(questions)', to: 'voice.text' },
    { from: '(questions)', to: 'voice.rating' },
    { from: '(headings)', to: 'voice.facts.question' },
  ],
  leftOut: [
    {
      from: 'Last page, Seed, IP address, Referrer URL, timings',
      why: { zh: '与答案无关或为个人信息', en: 'no answers, or personal details' },
    },
  ],
  open: (stream, options) =>
    openSurvey(limesurvey, stream, options, async (names) => layoutOf(names, options), responsesIn),
})

/** Its JSON: `responses`, each by itself or, in older versions, under its number. */
const responsesIn = ({ responses }: JsonObject): JsonObject[] =>
  (Array.isArray(responses) ? responses : []).filter(isObject).map((response) => {
    const [only, ...others] = Object.values(response)
    return others.length === 0 && isObject(only) ? only : response
  })

function layoutOf(names: readonly string[], { zone }: SourceOptions): Result<SurveyLayout> {
  const plain = names.map((name) =>
    name
      .toLowerCase()
      .replace(/\.\s.*$/, (rest) =>
        /^(?:id|submitdate|startdate|datestamp|startlanguage|token)\./i.test(name) ? '' : rest,
      ),
  )
  const places = Object.fromEntries(
    Object.entries(own).map(([field, known]) => [field, plain.findIndex((name) => known.includes(name))]),
  )
  if (places.response === -1 || (places.sent === -1 && places.acted === -1 && places.language === -1))
    return fail(fileProblem('no_limesurvey', { columns: columnsIn(names) }, 'line 1'))
  const used = new Set(Object.values(places))
  const rest = names
    .map((name, place) => ({ name, place }))
    .filter(({ place, name }) => !used.has(place) && name !== '')
  const cell = (cells: readonly string[], field: string) => cells[places[field]!]?.trim() || undefined
  const time = (cells: readonly string[], field: string) => {
    const text = cell(cells, field)
    // Surveys that keep no times write the beginning of 1980.
    return text === undefined || text.startsWith('1980-01-01') ? undefined : (parseTime(text, zone) ?? text)
  }
  return ok({
    questions: rest.filter(({ name }) => !isLeft(name)).map(columnOf),
    used: [...used].filter((place) => place >= 0).map((place) => names[place]!),
    left: rest.filter(({ name }) => isLeft(name)).map(({ name }) => name),
    respondent: (cells) => {
      const at = time(cells, 'sent') ?? time(cells, 'acted') ?? time(cells, 'started')
      const id = cell(cells, 'response')
      return {
        // Every survey counts its responses from 1: with its time the number is a response's own.
        response: id !== undefined && typeof at === 'number' ? `limesurvey-${id}@${at}` : undefined,
        at,
        customerRef: cell(cells, 'customer'),
        lang: cell(cells, 'language')?.slice(0, 10),
        facts: { finished: places.sent !== -1 && cell(cells, 'sent') === undefined ? false : undefined },
      }
    },
    events: (cells, respondent: Respondent) =>
      responseEvents(respondent, {
        started: time(cells, 'started'),
        sent: cell(cells, 'sent') === undefined ? undefined : respondent.at,
      }),
  })
}

/** `Q2[SQ001]`, `Q2. Which? [Red]` or `Which? [Red]`: the part in brackets is one choice or one row of the question. */
function columnOf({ name, place }: { name: string; place: number }): QuestionColumn {
  const sub = /^(.*\S)\s*\[([^\]]+)\]\s*$/s.exec(name)
  const code = /^([A-Za-z]\w*(?:\[[^\]]*\])?)\.\s+(.+)$/s.exec(sub?.[1] ?? name)
  const question = code?.[2] ?? sub?.[1] ?? name
  const id = code ? `${code[1]}${sub ? `[${sub[2]}]` : ''}` : name
  const choice = sub?.[2]
  return {
    place,
    id,
    question,
    choice: choice && !/^(?:comment|other|kommentar|sonstiges|其他|评论)$/i.test(choice) ? choice : undefined,
    personal: isPersonal(question),
  }
}
