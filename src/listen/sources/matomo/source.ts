import { fail, ok } from '../../../core/result.ts'
import { unpackedBytes } from '../../decode/text.ts'
import { fileProblem } from '../../reasons/files.ts'
import { because } from '../../reasons/reason.ts'
import { constantsOf, placed } from '../../source/item.ts'
import { leave, mapped } from '../../source/mapping.ts'
import { defineSource, type SourceItem, type SourceOptions } from '../../source/source.ts'
import { combinedLine, jsonLine, type Request, w3cLine } from './lines.ts'
import { itemsOf } from './request.ts'

/** Bytes of one line, at most. */
const LONGEST = 1_000_000

export const matomo = defineSource({
  id: 'matomo',
  zh: 'Matomo 与网站服务器日志',
  en: 'Matomo and web server logs',
  shelf: 'behaviour',
  describe: {
    zh: '服务器日志：common/combined（可带主机名）、nginx JSON、IIS W3C。piwik.php、matomo.php 的请求按其参数成为事件；其余成功的页面请求记为浏览页面，图片脚本、爬虫、跳转与出错计数后跳过。网络地址与登录名不收；路径不是 UTF-8 时以 %XX 保留。',
    en: 'Server logs: common and combined (with or without host), nginx JSON, IIS W3C. Requests of piwik.php and matomo.php become events by their parameters; other successful pages are page views; files, robots, redirects and errors are counted and skipped. Network addresses and logins are left out; a path that is not UTF-8 is kept as %XX.',
  },
  mapping: mapped({
    'event.at': ['date', 'time'],
    'event.name': ['e_a', 'idgoal', 'search', 'ec_id'],
    'event.session': ['_id', 'cid'],
    'event.customerRef': 'uid',
    'event.orderId': 'ec_id',
    'event.props.path': ['path', 'cs-uri-stem'],
    'event.props.title': 'action_name',
    'event.props.url': 'url',
    'event.props.referrer': ['urlref', 'referrer', 'cs(Referer)'],
    'event.props.revenue': 'revenue',
    'voice.text': 'search',
  }),
  leftOut: leave(
    '网络地址、登录名与设备',
    'network addresses, logins and devices',
    'ip',
    'c-ip',
    'cs-username',
    'user_agent',
    'cs(Cookie)',
  ),
  async open(stream, options) {
    const lines = linesOf(stream)
    const first = await lines.next()
    if (first.done) return fail(fileProblem('empty', {}))
    const known = first.value.startsWith('#') || jsonLine(first.value) || combinedLine(first.value)
    if (!known) return fail(fileProblem('no_log', {}, 'line 1'))
    return ok({ notes: [], rows: rowsOf(first.value, lines, options) })
  },
})

async function* rowsOf(
  first: string,
  rest: AsyncGenerator<string>,
  options: SourceOptions,
): AsyncGenerator<SourceItem[]> {
  const constants = constantsOf(options)
  let fields: string[] = []
  let line = 0
  async function* all() {
    yield first
    yield* rest
  }
  for await (const text of all()) {
    line++
    if (text.trim() === '') continue
    if (text.startsWith('#')) {
      if (/^#Fields:/i.test(text)) fields = text.slice(8).trim().split(/\s+/)
      continue
    }
    const request: Request | undefined = text.startsWith('{')
      ? jsonLine(text)
      : fields.length > 0
        ? w3cLine(text, fields)
        : combinedLine(text)
    if (request) yield placed(line, itemsOf(request), undefined, constants)
    else
      yield [
        {
          line,
          kind: 'events',
          dead: { field: '', reason: because('no_log_line'), record: text.slice(0, 2_000) },
        },
      ]
  }
}

/** Lines of bytes: UTF-8 where they are, else with each byte beyond ASCII as %XX, as in an address. One bad path spoils no file. */
async function* linesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0)
  for await (const piece of unpackedBytes(stream)) {
    rest = rest.length === 0 ? Buffer.from(piece) : Buffer.concat([rest, piece])
    let start = 0
    for (let end = rest.indexOf(0x0a, start); end >= 0; end = rest.indexOf(0x0a, start)) {
      yield textOf(rest.subarray(start, end))
      start = end + 1
    }
    rest = rest.subarray(start)
    if (rest.length > LONGEST) {
      yield textOf(rest.subarray(0, 2_000))
      rest = Buffer.alloc(0)
    }
  }
  if (rest.length > 0) yield textOf(rest)
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r$/, '')
  } catch {
    return Buffer.from(bytes)
      .toString('latin1')
      .replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`)
      .replace(/\r$/, '')
  }
}
