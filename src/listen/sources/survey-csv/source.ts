import { fail, ok, type Result } from '../../../core/result.ts'
import { responseEvents } from '../../answers/answers.ts'
import {
  isPersonal,
  openSurvey,
  type QuestionColumn,
  type SurveyLayout,
  surveyTableSettings,
} from '../../answers/survey-table.ts'
import { parseTime } from '../../decode/values.ts'
import { columnsIn, fileProblem } from '../../reasons/files.ts'
import { defineSource, type SourceOptions } from '../../source/source.ts'

/** The response's own columns in exports of Google Forms, SurveyMonkey, Typeform, Tally, Jotform, 问卷星, 腾讯问卷 and the like; the first found counts. */
const own: Record<string, readonly string[]> = {
  at: [
    'timestamp',
    '时间戳记',
    '时间戳',
    '時間戳記',
    'zeitstempel',
    'horodateur',
    'marca temporal',
    'carimbo de data/hora',
    'informazioni cronologiche',
    'tijdstempel',
    'отметка времени',
    'タイムスタンプ',
    '타임스탬프',
    'submit date (utc)',
    'submitted at',
    'submission date',
    'date submitted',
    '提交答卷时间',
    '提交时间',
    '结束答题时间',
    '填写时间',
    '答题时间',
    'end date',
    '结束日期',
    '结束时间',
    '提交日期',
    'completed at',
    'date modified',
    'date created',
    'date',
    '日期',
    '时间',
  ],
  id: [
    'respondent id',
    '受访者 id',
    '受访者id',
    'response id',
    'submission id',
    'responseid',
    'response_id',
    'token',
    '答卷编号',
    '答卷id',
    '提交编号',
    '#',
    '序号',
    '编号',
    'id',
  ],
  customerRef: [
    'customer id',
    'customer_id',
    'customerid',
    'user id',
    'user_id',
    'member id',
    '客户编号',
    '客户id',
    '会员号',
    '会员编号',
    '用户id',
  ],
}
const left =
  /^(?:collector ?id|start ?date(?: \(utc\))?|start time|date created|ip ?address|ip|email address|e-?mail|first name|last name|custom data \d*|network id|respondent ?id|respondent|submission ip|tags|stage date \(utc\)|response type|ending|score|收集器 ?id|开始日期|ip ?地址|来源|来源详情|来自ip|所用时间|答题时长|开始答题时间|总分|用户名|微信昵称|地理位置.*|用时|序号|浏览器|操作系统|设备)$/i

export const surveyCsv = defineSource({
  id: 'survey-csv',
  zh: '问卷表格（CSV）',
  en: 'Survey tables',
  shelf: 'survey',
  broad: 0.35,
  describe: {
    zh: '谷歌表单、SurveyMonkey（两行表头）、Typeform、Tally、Jotform、问卷星、腾讯问卷等的表格：每列一道题，每行一份答卷。分数的量表取题目里写的（如 0-10 分）；问“推荐”且答案都在 0–10 的列读作 NPS 并在说明中写出；也可 --set nps=列、--set csat=列 --set scale=1-5。编号、时间、顾客的列可用 --map id=列,at=列,customerRef=列 指定；3/2/2026 这样的日期需看得出月日先后，或用 --dates mdy 指明。',
    en: 'Tables of Google Forms, SurveyMonkey (two header lines), Typeform, Tally, Jotform and the like: a column a question, a row a response. Scales come from the question’s words (0-10); a column that asks about recommending, with answers in 0–10, is read as the NPS and a note says so; or say --set nps=COLUMN, --set csat=COLUMN --set scale=1-5. Columns of id, time and customer: --map id=…,at=…,customerRef=…. Dates such as 3/2/2026 are read where the file shows which is the month, or with --dates mdy.',
  },
  settings: surveyTableSettings,
  mapping: [
    { from: 'Timestamp', to: 'voice.at' },
    { from: 'Response ID', to: 'voice.conversation' },
    { from: 'Customer ID', to: 'voice.customerRef' },
    { from: '(questions)', to: 'voice.text' },
    { from: '(questions)', to: 'voice.rating' },
    { from: '(headings)', to: 'voice.facts.question' },
  ],
  leftOut: [
    {
      from: 'IP address, e-mail, names, duration',
      why: { zh: '个人信息，或与答案无关', en: 'personal details, or no answers' },
    },
  ],
  open: (stream, options) => openSurvey(surveyCsv, stream, options, (names, next) => layoutOf(names, next, options)),
})

const plain = (name: string): string => name.normalize('NFKC').replace(/:$/, '').trim().toLowerCase()

type Next = () => Promise<{ cells: string[] } | undefined>

async function layoutOf(names: readonly string[], next: Next, options: SourceOptions): Promise<Result<SurveyLayout>> {
  const places = Object.fromEntries(
    Object.entries(own).map(([field, known]) => {
      const mapped = options.map[field]
      const wanted = mapped === undefined ? known : [plain(mapped)]
      return [
        field,
        wanted.map((name) => names.findIndex((one) => plain(one) === name)).find((place) => place >= 0) ?? -1,
      ]
    }),
  )
  if (places.at === -1 && options.set.at === undefined) return noTime(names)
  if (names.some((name) => /^last ?page$/.test(plain(name)))) return fail(fileProblem('is_limesurvey', {}, 'line 1'))
  if (!asksSomething(names, options)) return noQuestion(names)
  const rows: (readonly string[])[] = []
  for (let row = await next(); row; row = rows.length < 100 ? await next() : undefined) rows.push(row.cells)
  const labels = secondHeader(names, rows[0], places)
  const used = new Set(Object.values(places))
  const carried = names.map((name, place) =>
    name === '' && labels ? (names.slice(0, place).findLast((one) => one !== '') ?? '') : name,
  )
  const rest = carried
    .map((name, place) => ({ name, place }))
    .filter(({ name, place }) => !used.has(place) && name !== '')
  const isLeft = (name: string) => left.test(plain(name)) || options.ignore.some((one) => plain(one) === plain(name))
  const utc = /\butc\b/i.test(names[places.at!] ?? '')
  return ok({
    headerRows: labels ? 1 : 0,
    questions: rest.filter(({ name }) => !isLeft(name)).map((one) => columnOf(one, labels?.[one.place])),
    used: [...used].filter((place) => place >= 0).map((place) => names[place]!),
    left: rest.filter(({ name }) => isLeft(name)).map(({ name }) => name),
    respondent: (cells) => {
      const time = cells[places.at!]?.trim()
      const at = time ? (parseTime(time, utc ? 'UTC' : options.zone) ?? time) : undefined
      const id = cells[places.id!]?.trim() || undefined
      // A short number counts the rows of one file: only with its time is it a response's own.
      const response = id && /^\d{1,7}$/.test(id) ? (typeof at === 'number' ? `${id}@${at}` : undefined) : id
      return { response, at, customerRef: cells[places.customerRef!]?.trim() || undefined }
    },
    events: (_, respondent) => responseEvents(respondent, { sent: respondent.at }),
  })
}

const noTime = (names: readonly string[]) =>
  fail(fileProblem('survey_without_time', { columns: columnsIn(names) }, 'line 1'))

/**
 * Whether a header can be a survey's: one of its columns asks something, or measures as surveys do, or a person says which column is what.
 * Any table with a time could be taken for a survey otherwise, each of its cells an answer.
 */
const asksSomething = (names: readonly string[], { map, set }: SourceOptions): boolean =>
  Object.keys(map).length > 0 ||
  ['nps', 'csat', 'ces'].some((metric) => set[metric] !== undefined) ||
  names.some((name) => surveyOnly.test(plain(name)) || asking.test(name))

/** Columns that only surveys have. */
const surveyOnly =
  /^(?:respondent id|response id|submission id|collector ?id|submission date|submit date \(utc\)|答卷编号|答卷id|提交答卷时间|所用时间|答题时长|zeitstempel|horodateur|时间戳记|時間戳記|marca temporal|carimbo de data\/hora|informazioni cronologiche|tijdstempel|отметка времени|タイムスタンプ|타임스탬프|受访者 ?id|收集器 ?id)$/
/** Question marks, numbered questions, several words, or what is asked for so often that a word is enough. */
const asking =
  /[?？]|^\s*(?:q\s*)?\d+\s*[、.．:：)]|\S+(?:\s+\S+){3}|^[^_]*(?:nps|csat|ces\b|recommend|satisf|feedback|comments?$|推荐|满意|意见|建议|评价您|您|你)/i

const noQuestion = (names: readonly string[]) =>
  fail(fileProblem('no_question', { columns: columnsIn(names) }, 'line 1'))

/** SurveyMonkey's second line: nothing in the response's own columns, and what a cell stands for in the others. */
function secondHeader(
  names: readonly string[],
  row: readonly string[] | undefined,
  places: Record<string, number>,
): readonly string[] | undefined {
  if (!row || row.length !== names.length) return undefined
  const ownBlank = Object.values(places).every((place) => place < 0 || row[place]!.trim() === '')
  const labelled = row.some((cell) =>
    /^(?:response|open-ended response|回复|开放式回复|other \(please specify\))$/i.test(cell.trim()),
  )
  return ownBlank && (labelled || names.includes('')) && row.some((cell) => cell.trim() !== '') ? row : undefined
}

function columnOf({ name, place }: { name: string; place: number }, label: string | undefined): QuestionColumn {
  const plainLabel = label?.trim()
  const choice =
    plainLabel && !/^(?:response|open-ended response|回复|开放式回复)$/i.test(plainLabel) ? plainLabel : undefined
  // 问卷星: `3、您喜欢哪些？(外观)`; the number tells nothing that the text does not.
  const id = choice === undefined ? name : `${name}[${choice}]`
  return {
    place,
    id: id.slice(0, 120),
    question: name,
    choice,
    personal: isPersonal(name.replace(/^\d+[、.．]\s*/, '')),
  }
}
