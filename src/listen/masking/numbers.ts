import type { Findings } from './findings.ts'

/**
 * Numbers that lead to a person: identity cards (GB 11643-1999, 18 digits with their check character, and the 15 digits before it), bank
 * cards (ISO/IEC 7812, Luhn), telephones. Texts come folded. Numbers of shops (400, 800, 95xxx) stay: they lead to nobody.
 */
const G = '[ \\u00a0\\t.·•,、/|_~()\\[\\]【】（）\\-‐-―−]'
const FREE = '(?<![0-9*]|[0-9]\\.)'
const identity = new RegExp(`${FREE}[1-9](?:${G}{0,2}[0-9]){16}${G}{0,2}[0-9Xx](?![0-9])`, 'g')
const oldIdentity = new RegExp(`${FREE}[1-8](?:${G}?[0-9]){14}(?![0-9])`, 'g')
const bankCard = new RegExp(`${FREE}[2-69](?:${G}?[0-9]){13,18}(?![0-9])`, 'g')
const mobile = new RegExp(`(?<![0-9*])(?:[(（]?(?:\\+|00)?86[)）]?${G}{0,2})?1(?:${G}{0,3}[0-9]){10}(?![0-9])`, 'g')
const EXTENSION = '(?:\\s?(?:转接?|分机|ext\\.?|x|-|—)\\s?[0-9]{1,6}(?![0-9]))?'
const landline = new RegExp(
  `(?<![0-9*])[(（]?(?:\\+86${G}{0,2}|0086${G}{0,2}|86${G})?[(（]?0?(?:10|2[0-9]|[3-9][0-9]{2})[)）]?[ \\-—–－]{0,2}[2-8][0-9]{2,3}[ \\-]?[0-9]{4}(?![0-9])${EXTENSION}`,
  'gi',
)
const abroad = new RegExp(
  `(?<![0-9*])(?:\\+ ?|00)[1-9][0-9]{0,2}(?:[ .\\-()]{0,3}[0-9]){6,12}(?![0-9])${EXTENSION}`,
  'gi',
)
const american = /(?<![0-9*\-.])(?:\+?1[ .-])?(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[-.])[0-9]{3}[-. ][0-9]{4}(?![0-9-])/g
const trunk = new RegExp(`(?<![0-9*\\-.])(0[0-9]{1,4}[- ][0-9]{2,4}[- ]?[0-9]{3,4})(?![0-9-])${EXTENSION}`, 'gi')
const twoMobiles = /(?<![0-9*])(1[3-9][0-9]{9})(1[3-9][0-9]{9})(?![0-9])/g
const said =
  /(?:电话|座机|固话|號碼|tel|phone|whatsapp)[^0-9*\n]{0,8}((?:[2-9][0-9]{3}[ -]?[0-9]{4}|[2-8][0-9]{6}))(?![0-9-])/gi

const saidAfter = /(?<![0-9*.-])([2-8][0-9]{6,7})(?=这个?号?码?的?(?:电话|座机|固话)|(?:座机|固话))/g

const phoneWords =
  /(?:电话|手机|号码|联系|致电|拨打|微信|热线|短信|打给|回电|tel|phone|call|mobile|whatsapp|text me)[^0-9]{0,8}$/i
const identityWords = /(?:身份证|身份|证件|实名|\bID\b)[^0-9]{0,10}$/i
const otherNumbers =
  /(?:订单|单号|运单|快递|物流|编号|编码|条码|条形码|序列号|型号|SN|S\/N|IMEI|order|tracking|serial)[^0-9]{0,8}$/i
const BEFORE = 16

export function findIdentities(text: string, found: Findings): void {
  const named = (at: number) => identityWords.test(text.slice(Math.max(0, at - BEFORE), at))
  found.each(text, identity, ({ 0: written, index }) => {
    const digits = digitsOf(written)
    if (!bornOn(digits.slice(6, 14)) && !named(index)) return undefined
    return passesCheck(digits) || named(index) ? around(digits, 3, 2) : undefined
  })
  found.each(text, oldIdentity, ({ 0: written, index }) => {
    const digits = digitsOf(written)
    const born = bornOn(`19${digits.slice(6, 12)}`) && isProvince(digits)
    return named(index) || (born && !isOther(text, index)) ? around(digits, 3, 2) : undefined
  })
}

export function findCards(text: string, found: Findings): void {
  found.each(text, bankCard, ({ 0: written, index }) => (isOther(text, index) ? undefined : maskedCard(written)))
}

export function findPhones(text: string, found: Findings): void {
  found.each(text, twoMobiles, ({ 1: one, 2: other }) => `${around(one!, 3, 4)}，${around(other!, 3, 4)}`)
  found.each(text, mobile, ({ 0: written, index }) => {
    const digits = digitsOf(written).slice(-11)
    if (!/^1[3-9]/.test(digits)) return undefined
    const sure = written.includes('86') || phoneWords.test(text.slice(Math.max(0, index - BEFORE), index))
    return isGrouped(written.slice(-written.length + prefixOf(written)), sure) ? around(digits, 3, 4) : undefined
  })
  const rough = (written: string) => {
    const digits = digitsOf(written)
    return isOfShops(digits) ? undefined : around(digits, 3, 2)
  }
  found.each(text, landline, ({ 0: written }) =>
    /^[(（]{0,2}(?:0|\+86|0086|86)/.test(written) ? rough(written) : undefined,
  )
  found.each(text, abroad, ({ 0: written }) => rough(written))
  found.each(text, american, ({ 0: written }) => rough(written))
  found.each(text, trunk, ({ 0: written, 1: bare }) => {
    const { length } = digitsOf(bare!)
    return length >= 9 && length <= 11 ? rough(written) : undefined
  })
  found.eachTail(text, said, (number) => around(digitsOf(number), 2, 2))
  found.eachTail(text, saidAfter, (number) => around(number, 2, 2))
}

/** How long the country code of a mobile number is, with what stands around it. */
const prefixOf = (written: string): number =>
  digitsOf(written).length === 11 ? 0 : written.length - written.replace(/^[(（]?(?:\+|00)?86[)）]?/, '').length

/**
 * People write a mobile number in one piece, in three or four groups that begin with three digits, in two, or digit by digit; other
 * groups are prices and sizes in a row, unless it is said that a number follows.
 */
function isGrouped(written: string, sure: boolean): boolean {
  const groups = written.match(/[0-9]+/g)!.map((group) => group.length)
  if (sure || groups.length === 1 || groups.every((length) => length === 1)) return true
  if (groups[0] === 3) return groups.length <= 5 && groups.every((length) => length > 1)
  return groups.length === 2 && groups[0]! >= 5
}

const isOfShops = (digits: string): boolean =>
  /^(?:86)?(?:400|800)/.test(digits) || /^1?8(?:88|77|66|55|44|33)/.test(digits)
const isOther = (text: string, at: number): boolean => otherNumbers.test(text.slice(Math.max(0, at - BEFORE), at))

const around = (digits: string, head: number, tail: number): string =>
  `${digits.slice(0, head)}****${digits.slice(-tail)}`

const digitsOf = (text: string): string => text.replace(/[^0-9Xx]/g, '').toUpperCase()

/** The number may run on into a neighbour (“6222… 12”): the longest part that ends between digits and passes Luhn is the card. */
function maskedCard(written: string): string | undefined {
  for (let end = written.length; end >= 14; end--) {
    if (end < written.length && /[0-9]/.test(written[end]!) && /[0-9]/.test(written[end - 1]!)) continue
    const digits = digitsOf(written.slice(0, end))
    if (isCardNumber(digits)) return around(digits, 4, 4) + written.slice(end)
  }
  return undefined
}

/** Sixteen digits and more, or the fifteen and fourteen of two card houses that have so few. */
function isCardNumber(digits: string): boolean {
  if (
    digits.length < 16 &&
    !(digits.length === 15 && /^3[47]/.test(digits)) &&
    !(digits.length === 14 && /^3[068]/.test(digits))
  )
    return false
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const doubled = i % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** GB 11643-1999: ISO 7064 mod 11-2 over the first 17 digits. */
function passesCheck(digits: string): boolean {
  if (digits.length !== 18) return false
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(digits[i]), 0)
  return '10X98765432'[sum % 11] === digits[17]
}

/** A birthday that somebody alive can have, as YYYYMMDD. */
function bornOn(date: string): boolean {
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(4, 6)), Number(date.slice(6, 8))]
  return year >= 1900 && year <= 2099 && month >= 1 && month <= 12 && day >= 1 && day <= 31
}

const isProvince = (digits: string): boolean => /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/.test(digits)
