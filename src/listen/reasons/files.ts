import type { Problem } from '../../core/result.ts'
import type { Words } from '../../core/words.ts'
import { filled, type NamesIn } from './reason.ts'

interface FileProblem {
  /** Several problems may have one code: the code is for programs, the sentence for people. */
  code: string
  message: Words
  remedy: Words
}

const nameColumns = {
  en: 'Name the columns: --map text=COLUMN,speaker=COLUMN.',
  zh: '请指明各列：--map text=列名,speaker=列名。',
}

/** Why a file as a whole cannot be used, and what can be done. What a file or a library says itself stays as it is, within the sentence. */
export const fileProblems = {
  empty: {
    code: 'header_missing',
    message: { en: 'The file is empty.', zh: '文件是空的。' },
    remedy: { en: 'The first line must name the columns.', zh: '第一行要写列名。' },
  },
  json_broken: {
    code: 'format',
    message: { en: 'The JSON cannot be read: {why}.', zh: '这份 JSON 读不了：{why}。' },
    remedy: {
      en: 'It was cut or damaged on its way: fetch it again, or export it as CSV.',
      zh: '它在传输中被截断或损坏了：请重新取一份，或导出为 CSV。',
    },
  },
  gzip_broken: {
    code: 'format',
    message: {
      en: 'The file is compressed with gzip, but cannot be unpacked: {why}.',
      zh: '文件用 gzip 压缩过，却解不开：{why}。',
    },
    remedy: { en: 'It was cut or damaged on its way: fetch it again.', zh: '它在传输中被截断或损坏了：请重新取一份。' },
  },
  gzip_bomb: {
    code: 'too_large',
    message: {
      en: 'The compressed file grows to more than {times} times its size.',
      zh: '压缩文件解开后超过原来的 {times} 倍。',
    },
    remedy: { en: 'Unpack it yourself and look at what is in it.', zh: '请自己解开，看看里面是什么。' },
  },
  web_page: {
    code: 'format',
    message: { en: 'The file is a web page (HTML), not data.', zh: '文件是网页（HTML），不是数据。' },
    remedy: {
      en: 'Often a page for signing in was saved in place of the export: open the file in a browser, and fetch the export again. An .xls that is HTML within: open it and save it as CSV.',
      zh: '常见的情形是把登录页当成导出文件存了下来：请用浏览器打开看看，再重新导出。内容其实是 HTML 的 .xls：请打开后另存为 CSV。',
    },
  },
  archive_as_text: {
    code: 'format',
    message: {
      en: 'The file is a ZIP archive or an Excel workbook, not text.',
      zh: '文件是 ZIP 压缩包或 Excel 工作簿，不是文本。',
    },
    remedy: {
      en: 'Unpack an archive first; save a sheet as CSV (UTF-8).',
      zh: '压缩包请先解开；工作表请另存为 CSV（UTF-8）。',
    },
  },
  not_decodable: {
    code: 'encoding',
    message: {
      en: 'The file is not {encoding} (between bytes {from} and {to}).',
      zh: '文件不是 {encoding} 编码（第 {from} 到 {to} 字节之间）。',
    },
    remedy: {
      en: 'Save it as UTF-8, or convert it: iconv -f GB18030 -t UTF-8 FILE > NEW. Older Chinese exports are often GB18030.',
      zh: '请另存为 UTF-8，或转换：iconv -f GB18030 -t UTF-8 文件 > 新文件。较早的中文导出多为 GB18030。',
    },
  },
  ends_within_character: {
    code: 'encoding',
    message: { en: 'The file ends within a character.', zh: '文件在一个字符中间断了。' },
    remedy: {
      en: 'It was cut on its way, or is in another encoding: save it as UTF-8, or convert it: iconv -f GB18030 -t UTF-8 FILE > NEW.',
      zh: '它在传输中被截断了，或是别的编码：请另存为 UTF-8，或转换：iconv -f GB18030 -t UTF-8 文件 > 新文件。',
    },
  },
  not_text: {
    code: 'encoding',
    message: {
      en: 'The file holds a NUL byte (at {byte}): it is a binary file, not text.',
      zh: '文件里有 NUL 字节（第 {byte} 字节）：它是二进制文件，不是文本。',
    },
    remedy: {
      en: 'Save it as text in UTF-8, or convert it: iconv -f UTF-16 -t UTF-8 FILE > NEW.',
      zh: '请另存为 UTF-8 文本，或转换：iconv -f UTF-16 -t UTF-8 文件 > 新文件。',
    },
  },
  old_workbook: {
    code: 'format',
    message: { en: 'The file is an Excel workbook of the old kind (.xls).', zh: '文件是旧式 Excel 工作簿（.xls）。' },
    remedy: { en: 'Open it and save it as .xlsx, or as CSV (UTF-8).', zh: '请打开后另存为 .xlsx 或 CSV（UTF-8）。' },
  },
  quote_not_closed: {
    code: 'csv',
    message: {
      en: 'A quote that is opened near line {line} is not closed within {most} MB.',
      zh: '第 {line} 行附近的引号在 {most} MB 之内没有闭合。',
    },
    remedy: {
      en: 'A quote within a quoted cell is written twice ("").',
      zh: '引号括起的单元格里，引号要写两次（""）。',
    },
  },
  no_csv: {
    code: 'csv',
    message: { en: 'The file is not a CSV table: {why}.', zh: '文件不是 CSV 表格：{why}。' },
    remedy: {
      en: 'A quote within a quoted cell is written twice ("").',
      zh: '引号括起的单元格里，引号要写两次（""）。',
    },
  },
  workbook_too_large: {
    code: 'too_large',
    message: { en: 'The workbook is larger than {most} MiB.', zh: '工作簿大于 {most} MiB。' },
    remedy: {
      en: 'Save the sheet as CSV (UTF-8): that is read as a stream of any length.',
      zh: '请把工作表另存为 CSV（UTF-8）：CSV 边读边收，长度不限。',
    },
  },
  workbook_bomb: {
    code: 'too_large',
    message: { en: 'The workbook grows to {size} MiB when it is unpacked.', zh: '工作簿解开后有 {size} MiB。' },
    remedy: { en: 'Save the sheet as CSV (UTF-8).', zh: '请把工作表另存为 CSV（UTF-8）。' },
  },
  archive: {
    code: 'format',
    message: { en: 'The file is a ZIP archive, not an Excel workbook.', zh: '文件是 ZIP 压缩包，不是 Excel 工作簿。' },
    remedy: { en: 'Unpack it first.', zh: '请先解开。' },
  },
  workbook_broken: {
    code: 'format',
    message: { en: 'The workbook cannot be read: {why}.', zh: '工作簿读不了：{why}。' },
    remedy: {
      en: 'Open it in Excel or WPS and save it again as .xlsx, or as CSV (UTF-8).',
      zh: '请用 Excel 或 WPS 打开，重新存为 .xlsx 或 CSV（UTF-8）。',
    },
  },
  parquet_broken: {
    code: 'format',
    message: { en: 'The Parquet file cannot be read: {why}.', zh: 'Parquet 文件读不了：{why}。' },
    remedy: {
      en: 'It was cut on its way, or uses what is not known here: fetch it again, or export it as CSV or JSON lines.',
      zh: '它在传输中被截断了，或用了这里不认得的写法：请重新取一份，或导出为 CSV 或 JSON 行。',
    },
  },
  lacks_column: {
    code: 'columns_unknown',
    message: {
      en: 'The file has no column "{column}", as files of {system} have. Its columns are: {columns}.',
      zh: '文件没有“{column}”这一列，而 {system} 的文件都有。它的列是：{columns}。',
    },
    remedy: {
      en: 'Look whether {source} is the right source. Columns of other names: --map FIELD=COLUMN, with a name from above as FIELD; any table of reviews can come in by reviews-csv.',
      zh: '请看来源 {source} 选得对不对。列名不同时：--map 字段=列名，字段用上面写的名字；任何评价表格都可以用 reviews-csv 导入。',
    },
  },
  foreign_column: {
    code: 'columns_unknown',
    message: {
      en: 'The file has a column "{column}", which files of {system} do not have. Its columns are: {columns}.',
      zh: '文件有“{column}”这一列，而 {system} 的文件没有。它的列是：{columns}。',
    },
    remedy: {
      en: 'Look whether {source} is the right source. Columns of other names: --map FIELD=COLUMN, with a name from above as FIELD; any table of reviews can come in by reviews-csv.',
      zh: '请看来源 {source} 选得对不对。列名不同时：--map 字段=列名，字段用上面写的名字；任何评价表格都可以用 reviews-csv 导入。',
    },
  },
  no_text_or_rating: {
    code: 'columns_unknown',
    message: {
      en: 'No column is known as the text or the rating. Its columns are: {columns}.',
      zh: '没有一列像是正文或评分。它的列是：{columns}。',
    },
    remedy: {
      en: 'Name them: --map text=COLUMN,rating=COLUMN. The first line must hold the names of the columns.',
      zh: '请指明：--map text=列名,rating=列名。第一行要是列名。',
    },
  },
  no_time_column: {
    code: 'time_missing',
    message: {
      en: 'No column says when it was written. Its columns are: {columns}.',
      zh: '没有一列写明时间。它的列是：{columns}。',
    },
    remedy: {
      en: 'Name it: --map at=COLUMN, or give one day to all: --set at=2026-01-01.',
      zh: '请指明：--map at=列名；或给所有行同一天：--set at=2026-01-01。',
    },
  },
  order_without_id: {
    code: 'order_id_missing',
    message: { en: '{field} is given, but not which order it is of.', zh: '指定了 {field}，却没有说是哪张订单的。' },
    remedy: { en: 'Name the column: --map order.id=COLUMN.', zh: '请指明列：--map order.id=列名。' },
  },
  order_without_time: {
    code: 'order_time_missing',
    message: { en: 'An order needs the time at which it was placed.', zh: '订单要有下单时间。' },
    remedy: { en: 'Name the column: --map order.orderedAt=COLUMN.', zh: '请指明列：--map order.orderedAt=列名。' },
  },
  conversation_table: {
    code: 'columns_unknown',
    message: {
      en: 'The table is of conversations: its column "{column}" says who speaks, so not every row is a customer’s.',
      zh: '这是对话表：“{column}”一列写的是谁在说话，所以不是每一行都是顾客的话。',
    },
    remedy: {
      en: 'Use the source chat-log or call-transcript. Where every row is a review all the same, say --ignore {column}.',
      zh: '请用来源 chat-log 或 call-transcript。如果确实每行都是评价，请写 --ignore {column}。',
    },
  },
  no_transcript: {
    code: 'columns_unknown',
    message: {
      en: 'The file is no transcript that is known, and no table with a column of words and one of speakers: {columns}.',
      zh: '文件不是认得的转写，也不是有文字列和说话人列的表格：{columns}。',
    },
    remedy: nameColumns,
  },
  no_chat: {
    code: 'format',
    message: {
      en: 'No line begins as a message of a WhatsApp export does: [31/12/2023, 21:41:05] Name: text.',
      zh: '没有一行是 WhatsApp 导出的写法：[2023/12/31 21:41:05] 名字: 文字。',
    },
    remedy: {
      en: 'Take the .txt that “Export chat” gives (unpack the .zip of an iPhone).',
      zh: '请用“导出聊天”得到的 .txt（iPhone 给的 .zip 先解开）。',
    },
  },
  no_turns_table: {
    code: 'columns_unknown',
    message: {
      en: 'The table has no column for the words and one for who speaks. Its columns are: {columns}.',
      zh: '表格里认不出文字列和说话人列。它的列是：{columns}。',
    },
    remedy: nameColumns,
  },
  no_limesurvey: {
    code: 'columns_unknown',
    message: {
      en: 'The file has no column "Response ID" beside "Date submitted" or "Start language", as exports of LimeSurvey have. Its columns are: {columns}.',
      zh: '文件没有“Response ID”以及“Date submitted”或“Start language”列，而 LimeSurvey 的导出都有。它的列是：{columns}。',
    },
    remedy: { en: 'Other surveys come in by survey-csv.', zh: '其他问卷请用 survey-csv 导入。' },
  },
  no_qualtrics: {
    code: 'columns_unknown',
    message: {
      en: 'The file is no export of Qualtrics: it has no column ResponseId. Its columns are: {columns}.',
      zh: '文件不是 Qualtrics 的导出：没有 ResponseId 列。它的列是：{columns}。',
    },
    remedy: {
      en: 'Export as CSV in Qualtrics; other surveys come in by survey-csv.',
      zh: '请在 Qualtrics 里导出 CSV；其他问卷请用 survey-csv 导入。',
    },
  },
  survey_without_time: {
    code: 'columns_unknown',
    message: {
      en: 'The table has no column that is known as the time of a response. Its columns are: {columns}.',
      zh: '表格里认不出哪一列是答卷时间。它的列是：{columns}。',
    },
    remedy: {
      en: 'Name it with --map at=COLUMN, or give one time for all with --set at=2026-03-01.',
      zh: '请用 --map at=列名 指明；或用 --set at=2026-03-01 给所有答卷同一个时间。',
    },
  },
  is_limesurvey: {
    code: 'columns_unknown',
    message: {
      en: 'The table is one of LimeSurvey: it has a column of the last page that was seen.',
      zh: '这是 LimeSurvey 的表格：它有“最后一页”列。',
    },
    remedy: { en: 'Use the source limesurvey, which knows its columns.', zh: '请用来源 limesurvey，它认得这些列。' },
  },
  no_question: {
    code: 'columns_unknown',
    message: {
      en: 'No column of the table asks anything, as a survey’s would: each of its cells would be taken for an answer. Its columns are: {columns}.',
      zh: '表格里没有一列像问卷的题目：照此每一格都会被当成回答。它的列是：{columns}。',
    },
    remedy: {
      en: 'Choose the source of the system that the table comes from (daystar import --help). Where it is a survey, say which column is what, such as --map at=COLUMN or --set nps=COLUMN.',
      zh: '请选表格所出系统的来源（daystar import --help）。如果确实是问卷，请说明哪一列是什么，如 --map at=列名 或 --set nps=列名。',
    },
  },
  kind_not_said: {
    code: 'kind_missing',
    message: { en: 'It is not said what kind of voices these are.', zh: '没有说明这是哪一种声音。' },
    remedy: {
      en: 'Say it with --set kind=KIND, or name the column that does with --map kind=COLUMN. The kinds are {kinds}.',
      zh: '请用 --set kind=种类 说明，或用 --map kind=列名 指明写种类的列。种类有：{kinds}。',
    },
  },
  kind_unknown: {
    code: 'kind_missing',
    message: { en: 'There is no kind of voice "{kind}".', zh: '没有“{kind}”这种声音。' },
    remedy: {
      en: 'Say it with --set kind=KIND, or name the column that does with --map kind=COLUMN. The kinds are {kinds}.',
      zh: '请用 --set kind=种类 说明，或用 --map kind=列名 指明写种类的列。种类有：{kinds}。',
    },
  },
  no_log: {
    code: 'format_unknown',
    message: {
      en: 'The first line is of no format of logs that is known here.',
      zh: '第一行不是这里认得的日志格式。',
    },
    remedy: {
      en: 'Use the common or combined format, Matomo’s JSON format for nginx, or W3C with its #Fields line.',
      zh: '请用 common 或 combined 格式、Matomo 的 nginx JSON 格式，或带 #Fields 行的 W3C 格式。',
    },
  },
  is_javascript: {
    code: 'format',
    message: {
      en: 'The file is JavaScript of a web page (analytics.track(…)), not data.',
      zh: '文件是网页里的 JavaScript（analytics.track(…)），不是数据。',
    },
    remedy: {
      en: 'Export the calls as JSON: {example}.',
      zh: '请把调用导出为 JSON：{example}。',
    },
  },
  source_unclear: {
    code: 'source_unclear',
    message: {
      en: 'No source fits this file well enough to be chosen without asking.{header}',
      zh: '没有一种来源读得懂这个文件，无法自动选定。{header}',
    },
    remedy: {
      en: 'Name the source; for a table of reviews: reviews-csv with --map text=COLUMN,at=COLUMN.',
      zh: '请指明来源；评价表格请用 reviews-csv 并写 --map text=列名,at=列名。',
    },
  },
  source_unknown: {
    code: 'source_unknown',
    message: { en: 'There is no source "{id}".', zh: '没有“{id}”这个来源。' },
    remedy: {
      en: 'GET /sources, or daystar import --help, lists them.',
      zh: 'GET /sources 或 daystar import --help 列出所有来源。',
    },
  },
  zone_unknown: {
    code: 'zone_unknown',
    message: { en: '"{zone}" is not a time zone.', zh: '“{zone}”不是时区。' },
    remedy: { en: 'Use a name such as Asia/Shanghai.', zh: '请用 Asia/Shanghai 这样的名称。' },
  },
  preview_cut: {
    code: 'preview_cut',
    message: {
      en: 'The beginning of this file holds no whole record: it is one very large document.',
      zh: '文件开头没有一条完整的记录：整个文件是一份很大的文档。',
    },
    remedy: {
      en: 'Choose its source and import it, or cut it into smaller files to see a preview.',
      zh: '请选定来源后直接导入，或切成小文件再预览。',
    },
  },
  none_usable: {
    code: 'nothing_usable',
    message: { en: 'None of the file’s {rows} rows can be used.', zh: '文件的 {rows} 行没有一行能用。' },
    remedy: {
      en: 'Most are refused because: {reason} (first in line {line}).{way}',
      zh: '多数被拒是因为：{reason}（最早在第 {line} 行）。{way}',
    },
  },
  no_rows: {
    code: 'nothing_usable',
    message: { en: 'The file holds no rows.', zh: '文件里没有数据行。' },
    remedy: { en: 'Look whether it is the right file.', zh: '请看是不是选错了文件。' },
  },
  column_missing: {
    code: 'column_missing',
    message: { en: 'The file has no column "{column}".', zh: '文件没有“{column}”这一列。' },
    remedy: { en: 'Its columns are: {columns}.', zh: '它的列是：{columns}。' },
  },
  map_unknown: {
    code: 'field_unknown',
    message: {
      en: '--map {field}: this source looks for no such name.',
      zh: '--map {field}：这个来源不找这个名字。',
    },
    remedy: { en: 'It looks for {names}.', zh: '它找的是：{names}。' },
  },
  set_unknown: {
    code: 'field_unknown',
    message: { en: '--set {field}: there is no such field or setting.', zh: '--set {field}：没有这个字段或设置。' },
    remedy: { en: 'The {kind}’s fields are {fields}.', zh: '{kind} 的字段有：{fields}。' },
  },
  set_unknown_here: {
    code: 'field_unknown',
    message: { en: '--set {field}: there is no such field or setting.', zh: '--set {field}：没有这个字段或设置。' },
    remedy: {
      en: 'The {kind}’s fields are {fields}; this source’s settings are {settings}.',
      zh: '{kind} 的字段有：{fields}；这个来源的设置有：{settings}。',
    },
  },
  field_unknown: {
    code: 'field_unknown',
    message: { en: 'There is no field "{field}".', zh: '没有“{field}”这个字段。' },
    remedy: {
      en: 'The fields are {fields}, facts.NAME, order.facts.NAME.',
      zh: '字段有：{fields}、facts.名称、order.facts.名称。',
    },
  },
  option_unknown: {
    code: 'import_option',
    message: { en: 'there is no import option "{option}"', zh: '没有“{option}”这个导入选项' },
    remedy: { en: 'The options are map, set, ignore and dates.', zh: '选项有 map、set、ignore 和 dates。' },
  },
  dates_unknown: {
    code: 'import_option',
    message: { en: '"{said}" is no order of dates', zh: '“{said}”不是日期的写法' },
    remedy: {
      en: 'Say dmy (day, month, year), mdy (month, day, year) or ymd (a year of two digits, month, day).',
      zh: '请写 dmy（日、月、年）、mdy（月、日、年）或 ymd（两位年份、月、日）。',
    },
  },
  option_form: {
    code: 'import_option',
    message: { en: '--{option} "{part}" is not FIELD={what}', zh: '--{option} “{part}”不是“字段={what}”的写法' },
    remedy: { en: 'Such as text=评价内容.', zh: '例如 text=评价内容。' },
  },
} as const satisfies Record<string, FileProblem>

export type FileProblemName = keyof typeof fileProblems
type Told = (typeof fileProblems)[FileProblemName]
type ValuesOf<One extends Told> = NamesIn<One['message']['en']> | NamesIn<One['remedy']['en']>

/** A problem of a whole file in both languages; `where` is the line or option that it is about. */
export function fileProblem<Name extends FileProblemName>(
  name: Name,
  values: Readonly<Record<ValuesOf<(typeof fileProblems)[Name]>, string | number | Words>>,
  where?: string,
): Problem {
  const { code, message, remedy } = fileProblems[name]
  const [en, zh] = [valuesIn(values, 'en'), valuesIn(values, 'zh')]
  return {
    code,
    message: filled(message.en, en),
    remedy: filled(remedy.en, en),
    ...(where !== undefined && { where }),
    zh: { message: filled(message.zh, zh), remedy: filled(remedy.zh, zh) },
  }
}

const valuesIn = (values: Readonly<Record<string, string | number | Words>>, lang: keyof Words) =>
  Object.fromEntries(Object.entries(values).map(([name, one]) => [name, typeof one === 'object' ? one[lang] : one]))

/** Names of columns, as a sentence holds them. */
export const columnsIn = (header: readonly string[]): string => header.join(', ').slice(0, 2_000)
