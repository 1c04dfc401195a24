import { hash } from 'node:crypto'

/**
 * Personal data in free text, replaced before anything is stored: mainland mobile and landline numbers, e-mail, identity cards
 * (with their checksum), bank cards (with Luhn's), house numbers after a street name. Digits may be full-width, spaced or dashed.
 * What is left shows the kind and no more than people are used to seeing: 138****6021, l***@163.com, 人民路***号.
 */
const D = '[0-9０-９]'
const S = '[ \\u00a0\\u3000\\t.·\\-－—–_]'
const NO_DIGIT_BEFORE = `(?<!${D}|${D}[.．])`
const NO_DIGIT_AFTER = `(?!${D})`

const idCard = new RegExp(`${NO_DIGIT_BEFORE}[1-9１-９](?:${S}?${D}){16}${S}?[0-9０-９XxＸｘ]${NO_DIGIT_AFTER}`, 'g')
const bankCard = new RegExp(`${NO_DIGIT_BEFORE}[3-69３-６９](?:${S}?${D}){15,18}${NO_DIGIT_AFTER}`, 'g')
const mobile = new RegExp(
  `(?<!${D})(?:(?:[+＋]|00|００)?(?:86|８６)[)）]?${S}{0,2})?[1１][ \\u3000-]?[3-9３-９](?:${S}{0,2}${D}){9}${NO_DIGIT_AFTER}`,
  'g',
)
const landline = new RegExp(
  `(?<!${D})(?:[+＋](?:86|８６)${S}?[(（]?|[(（]?[0０])(?:[1１][0０]|[2２]${D}|[3-9３-９]${D}{2})[)）]?${S}{0,2}${D}{3,4}${S}?${D}{4}${NO_DIGIT_AFTER}`,
  'g',
)
const email = /[a-z0-9._%+-]{1,64} ?[@＠] ?((?:[a-z0-9-]{1,63}[.．]){1,4}[a-z]{2,10})/gi

const N = '(?:[0-9０-９]{1,5}|[一二三四五六七八九十百零〇]{1,5})'
const street = new RegExp(
  `((?:路|街|大道|巷|胡同|新村|小区|花园|公寓|大厦|广场)\\s?)((?:${N}(?:[-－—之]${N})*\\s?(?:号楼|号院|号|弄|栋|幢|座|单元|室|房)\\s?)+)`,
  'g',
)
const building = new RegExp(`${N}\\s?(?:号楼|栋|幢|座)\\s?(?:${N}\\s?单元\\s?)?${N}\\s?(?:室|房|号)`, 'g')
const number = new RegExp(`${N}(?:[-－—之]${N})*`, 'g')

const mayHold = new RegExp(`${D}(?:${S}{0,2}[()（）]?${D}){6}|[@＠]|[号室房栋幢座弄楼元层]`)

/** `text` with the personal data in it masked. Masking twice changes nothing more. */
export function mask(text: string): string {
  if (!mayHold.test(text)) return text
  return text
    .replace(idCard, (found) => (isIdCard(digitsOf(found)) ? around(digitsOf(found), 3, 2) : found))
    .replace(bankCard, maskCard)
    .replace(mobile, (found) => around(digitsOf(found).slice(-11), 3, 4))
    .replace(landline, (found) => around(digitsOf(found), 3, 2))
    .replace(email, (found, domain: string) => `${[...found][0]}***@${domain}`)
    .replace(street, (_, name: string, house: string) => name + house.replace(number, '***'))
    .replace(building, (found) => found.replace(number, '***'))
}

/**
 * A customer reference that is itself a phone number, a card or an e-mail address becomes a pseudonym: the same person still
 * joins with themselves, and the number is not kept.
 */
export function pseudonym(reference: string): string {
  return mask(reference) === reference ? reference : `~${hash('sha256', digitsOf(reference), 'base64url').slice(0, 22)}`
}

const around = (digits: string, head: number, tail: number): string =>
  `${digits.slice(0, head)}****${digits.slice(-tail)}`

/** Half-width, without what separates the groups. */
function digitsOf(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s.·\-—–_()+]/g, '')
    .toUpperCase()
}

/** The number may run on into a neighbour (“6222… 12”): the longest prefix that ends between digits and passes Luhn is the card. */
function maskCard(found: string): string {
  for (let end = found.length; end >= 16; end--) {
    if (end < found.length && /[0-9０-９]/.test(found[end]!) && /[0-9０-９]/.test(found[end - 1]!)) continue
    const digits = digitsOf(found.slice(0, end))
    if (digits.length < 16) break
    if (passesLuhn(digits)) return around(digits, 4, 4) + found.slice(end)
  }
  return found
}

function passesLuhn(digits: string): boolean {
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
function isIdCard(digits: string): boolean {
  if (digits.length !== 18) return false
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(digits[i]), 0)
  return '10X98765432'[sum % 11] === digits[17]
}
