import { markPersonWords, mayEndPersonWord } from './characters.ts'
import { type Findings, matches } from './findings.ts'
import { afterNames, doubleSurnames, givenCharacters, latinWords, surnames, words } from './name-characters.ts'

/**
 * Names of people, where it is said that one follows (收件人：, 我叫, 快递员, my name is), where a title follows (先生), and beside a telephone
 * number. A surname with its title says little and stays. Names without such a sign stay too: nobody can tell 高峰 from 高峰.
 */
const HAN = /[\u4e00-\u9fff]/
const LABELS =
  `收件人 收货人 联系人 寄件人 发件人 收款人 持卡人 申请人 投诉人 开户人 签收人 姓名 户名 名字 户主 本人 我叫 我是 叫我 寄给 发给 转给 交给 联系 收件 我妈 我爸 老公 老婆 爱人 母亲 父亲 同事 室友`.split(
    ' ',
  )
const ROLES =
  `快递员 小哥 快递 外卖员 骑手 派送员 派件员 配送员 送货员 配送 师傅 客服 店员 导购 导购员 经理 店长 司机 老板 老板娘 业务员 售后 销售 销售员 维修工 安装工 主管 前台 驿站 顾问 专员 顾客 客户 买家 工号`.split(
    /\s+/,
  )
const TITLES = '先生 女士 小姐 太太 经理 主管 店长 老师 师傅 同志'.split(' ')

const byLast = new Map<number, { word: string; leads: boolean; follows: boolean }[]>()
for (const word of new Set([...LABELS, ...ROLES, ...TITLES])) {
  const last = word.charCodeAt(word.length - 1)
  const entry = { word, leads: LABELS.includes(word) || ROLES.includes(word), follows: TITLES.includes(word) }
  byLast.set(last, [...(byLast.get(last) ?? []), entry])
}
markPersonWords([...LABELS, ...ROLES, ...TITLES])
const LINK = /(?:是|为|叫|名叫)?[\s:：]{0,3}(?:(?<=工号[是:： ]{0,3})[0-9]{1,8}[\s:：的]{0,2})?/y
const FREE_LABEL = /^(?:收件人|收货人|联系人|寄件人|发件人|收款人|收件姓名|客户姓名|顾客姓名|真实姓名|姓名|户名|持卡人)/
const NOBODY = /^(?:匿名|保密|本人|同上|客服|自己|不变|没变|错|改|是我|我妈|我爸|电话|手机|地址|信息|不对|写错)/
const FREELY =
  /^(?:[\u4e00-\u9fff]{2,4}(?:[·•・][\u4e00-\u9fff]{1,8}){0,2}|[\u4e00-\u9fff]{1,8}(?:[·•・][\u4e00-\u9fff]{1,8}){1,2})(?![\u4e00-\u9fff*])/
const DOTTED = /^[\u4e00-\u9fff]{1,8}(?:[·•・][\u4e00-\u9fff]{1,8}){1,2}/

const BARE_TITLE = /^(?:先生|女士|小姐|太太|经理|老师|师傅|同志|同学)/
/** What stands before a title and is no name: 大堂经理, 蒙牛一经理, 向总经理. */
const NO_GIVEN = /(?:大堂|[一总副正老小大这那某])$/

/** How many signs of `text` from `at` on are a name; 0 where there is none. */
function nameAt(text: string, at: number): number {
  const double = doubleSurnames.has(text.slice(at, at + 2))
  if (!double && !surnames.has(text[at] ?? '')) return 0
  const given = at + (double ? 2 : 1)
  if (BARE_TITLE.test(text.slice(given, given + 2))) return 0
  if (!double && words.has(text.slice(at, at + 2))) return 0
  if (!givenCharacters.has(text[given] ?? '')) return 0
  const long = givenCharacters.has(text[given + 1] ?? '')
  if (long && ends(text, given + 2)) return given + 2 - at
  return ends(text, given + 1) ? given + 1 - at : 0
}

const ends = (text: string, at: number): boolean =>
  at >= text.length || (!HAN.test(text[at]!) && text[at] !== '*') || afterNames.test(text.slice(at, at + 4))

const masked = (name: string): string => `${doubleSurnames.has(name.slice(0, 2)) ? name.slice(0, 2) : name[0]}**`

export function findChineseNames(text: string, found: Findings): void {
  for (let at = 1; at < text.length; at++) {
    if (!mayEndPersonWord(text, at)) continue
    for (const { word, leads, follows } of byLast.get(text.charCodeAt(at))!) {
      const start = at + 1 - word.length
      if (start < 0 || !text.startsWith(word, start)) continue
      if (leads) findNameBehind(text, word, at + 1, found)
      const first = follows ? nameBefore(text, start) : undefined
      if (first !== undefined) found.add(first, start, masked(text.slice(first, start)))
    }
  }
}

function findNameBehind(text: string, word: string, from: number, found: Findings): void {
  LINK.lastIndex = from
  const link = LINK.exec(text)![0]
  const at = from + link.length
  const length = nameAt(text, at) || freeNameAt(text, at, FREE_LABEL.test(word) && /[:：]/.test(link))
  if (length > 0) found.add(at, at + length, masked(text.slice(at, at + length)))
}

/** Behind 收件人： stands a name whatever it looks like; elsewhere at least one with a dot in it, as 阿依古丽·买买提 has. */
function freeNameAt(text: string, at: number, sure: boolean): number {
  if (!HAN.test(text[at] ?? '')) return 0
  const rest = text.slice(at, at + 28)
  return DOTTED.exec(rest)?.[0].length ?? (sure && !NOBODY.test(rest) ? (FREELY.exec(rest)?.[0].length ?? 0) : 0)
}

/** Where the full name begins that ends at `end`. */
function nameBefore(text: string, end: number): number | undefined {
  const given = (at: number) => givenCharacters.has(text[at] ?? '')
  if (doubleSurnames.has(text.slice(end - 3, end - 1)) && given(end - 1)) return end - 3
  if (doubleSurnames.has(text.slice(end - 4, end - 2)) && given(end - 2) && given(end - 1)) return end - 4
  if (NO_GIVEN.test(text.slice(Math.max(0, end - 2), end)) && !(given(end - 2) && /[小大]/.test(text[end - 1]!)))
    return undefined
  const fits = (start: number) => surnames.has(text[start] ?? '') && !words.has(text.slice(start, start + 2))
  if (fits(end - 3) && given(end - 2) && given(end - 1)) return end - 3
  return fits(end - 2) && given(end - 1) && !surnames.has(text[end - 1]!) ? end - 2 : undefined
}

/** A name right before or behind the telephone number at `start` to `end`. */
export function findNamesBeside(text: string, start: number, end: number, found: Findings): void {
  const before = /[\s,，:：、;；.。()（）+]{0,4}(?:(?:的?电话|手机号?|号码|tel|phone)[\s:：是]{0,3})?$/i.exec(
    text.slice(Math.max(0, start - 16), start),
  )!
  const last = start - before[0].length
  const from = nameBefore(text, last)
  if (from !== undefined && (from === 0 || !HAN.test(text[from - 1]!) || /[人给是叫名]/.test(text[from - 1]!)))
    found.add(from, last, masked(text.slice(from, last)))
  const behind = end + /^[\s,，:：、()（）]{0,3}/.exec(text.slice(end, end + 3))![0].length
  const length = nameAt(text, behind)
  if (length > 0) found.add(behind, behind + length, masked(text.slice(behind, behind + length)))
}

const CAPITAL = "[A-Z](?:['’][A-Z])?[a-z]{1,20}(?:['’-][A-Z]?[a-z]{1,20})?"
const SURE = new RegExp(
  `(?:[Mm]y name is|MY NAME IS|[Mm]y name['’]s|[Nn]ame['’]?s?:|I['’]?m called|[Cc]ontact(?: person| name)?:|[Rr]ecipient:|[Rr]eceiver:|[Cc]onsignee:|[Aa]ttn:?|[Cc]ustomer(?: name)?:|[Aa]sk for|[Ss]peak (?:to|with)|[Ss]poke (?:to|with)|[Rr]egards,?|[Ss]incerely,?|[Cc]heers,|[Ss]igned,?|[Nn]amed|Mrs?\\.?|Ms\\.?)\\s{1,3}(${CAPITAL}(?: (?:[A-Z]\\.? )?${CAPITAL}){0,2})`,
  'g',
)
const LIKELY = new RegExp(
  `(?:(?:[Tt]his is|I am|I['’]m|it['’]s) (${CAPITAL} ${CAPITAL})(?= (?:from|here|speaking|calling|again)|,)|(?:guy|driver|courier|agent|rep|representative|technician|man|woman|lady|manager|postman) (${CAPITAL} ${CAPITAL}))`,
  'g',
)
/** How a letter ends. */
const SIGNED = new RegExp(
  `(?:(?:^|\\n)\\s?[-–—~] ?|(?:[Tt]hanks|[Tt]hank you|[Tt]hx|[Bb]est|[Yy]ours)[,!.]?\\s{1,3})(${CAPITAL} ${CAPITAL})(?=[\\s.!]{0,4}$)`,
  'g',
)
const LOWER = /\bmy name is ([a-z]{2,20}(?: [a-z]{2,20})?)(?=[,.!;\n]|$| and i\b)/g

/** Names in Latin letters; each part keeps its first letter. */
export function findLatinNames(text: string, found: Findings): void {
  const put = (name: string) => {
    const parts = name.split(/\s+/)
    if (parts.some((part) => latinWords.has(part.toLowerCase()))) return undefined
    return parts.map((part) => `${part[0]}***`).join(' ')
  }
  found.eachTail(text, SURE, (name, match) =>
    /^M(?:rs?|s)/.test(match[0]) && !name.includes(' ') ? undefined : put(name),
  )
  found.eachTail(text, SIGNED, put)
  for (const match of matches(text, LIKELY)) {
    const name = (match[1] ?? match[2])!
    const at = match.index + match[0].lastIndexOf(name)
    const instead = put(name)
    if (instead !== undefined) found.add(at, at + name.length, instead)
  }
  found.eachTail(text, LOWER, put)
}
