import { hash } from 'node:crypto'
import { findAccounts, findMail, findMarks } from './masking/accounts.ts'
import { findAddresses, findWesternAddresses } from './masking/addresses.ts'
import {
  AT,
  CAPITAL,
  DIGIT,
  DISGUISED,
  type Folded,
  fold,
  HOUSE,
  LATIN,
  type Look,
  lookAt,
  NUMERAL,
  PERSON,
  PLACE,
  spelledOut,
} from './masking/characters.ts'
import { Findings } from './masking/findings.ts'
import { findChineseNames, findLatinNames, findNamesBeside } from './masking/names.ts'
import { findCards, findIdentities, findPhones } from './masking/numbers.ts'

/**
 * Personal data in free text, replaced before anything is stored: telephones, identity and bank cards, travel documents, e-mail and chat
 * accounts, names in known patterns, house numbers, number plates and addresses of machines, in the ways in which people write them. What
 * is left shows the kind and no more than people are used to seeing: 138****6021, l***@163.com, 王**, 人民路***号.
 */
export function mask(text: string): string {
  const look = lookAt(text)
  if (!mayHold(look)) return text
  let masked = maskOnce(text, look)
  // What is masked may leave a neighbour in the open; then it is looked at again, so that masking twice changes nothing more.
  for (let before = text, rounds = 0; masked !== before && rounds < ROUNDS; rounds++) {
    before = masked
    masked = maskOnce(masked, lookAt(masked))
  }
  return masked
}

const ROUNDS = 4
/** The shortest number that a chat account has, and a telephone. */
const ACCOUNT = 5
const NUMBER = 7

/** False for most texts, from one look at their characters. */
const mayHold = ({ bits, figures }: Look): boolean =>
  figures >= ACCOUNT || (bits & (AT | PERSON | LATIN | PLACE | HOUSE)) !== 0

function maskOnce(text: string, look: Look): string {
  const folded: Folded = look.bits & DISGUISED ? fold(text) : { text }
  const findings = new Findings()
  find(folded.text, look, findings)
  return put(text, folded, findings)
}

function find(text: string, { bits, figures }: Look, findings: Findings): void {
  if (bits & (AT | LATIN)) findMail(text, findings)
  if (figures >= NUMBER) findNumbers(text, bits, findings)
  if (bits & LATIN || figures >= ACCOUNT) findAccounts(text, findings)
  if (bits & DIGIT && bits & (CAPITAL | LATIN)) findMarks(text, findings)
  if (bits & (HOUSE | PLACE) || figures >= ACCOUNT) findAddresses(text, bits, findings)
  if (bits & DIGIT && bits & (LATIN | PLACE)) findWesternAddresses(text, findings)
  if (bits & PERSON) findChineseNames(text, findings)
  if (bits & CAPITAL || (bits & LATIN && text.includes('name is'))) findLatinNames(text, findings)
}

function findNumbers(text: string, bits: number, findings: Findings): void {
  const spelled = bits & NUMERAL ? spelledOut(text) : undefined
  const readings = spelled === undefined ? [text] : [text, spelled]
  for (const reading of readings) findIdentities(reading, findings)
  findCards(text, findings)
  for (const reading of readings) findPhones(reading, findings)
  for (const { start, end } of [...findings.inOrder()]) findNamesBeside(text, start, end, findings)
  findMarks(text, findings)
}

function put(text: string, { at }: Folded, findings: Findings): string {
  const found = findings.inOrder()
  if (found.length === 0) return text
  let masked = ''
  let from = 0
  for (const { start, end, put: instead } of found) {
    const [first, last] = at ? [at[start]!, at[end]!] : [start, end]
    masked += text.slice(from, first) + instead
    from = last
  }
  return masked + text.slice(from)
}

/**
 * A customer reference that is itself a phone number, a card or an e-mail address becomes a pseudonym: the same person still
 * joins with themselves, and the number is not kept.
 */
export function pseudonym(reference: string): string {
  if (harmless.has(reference)) return reference
  if (mask(reference) !== reference) return pseudonymFor(reference)
  if (harmless.size >= MOST_HARMLESS) harmless.clear()
  harmless.add(reference)
  return reference
}

/** References that were looked at lately and are nobody's number or address: the same customers come again and again. */
const harmless = new Set<string>()
const MOST_HARMLESS = 20_000

/** The same for what is an id more often than not: only a telephone, an identity card or an e-mail address becomes a pseudonym. */
export function pseudonymOfContact(id: string): string {
  const look = lookAt(id)
  if (look.figures < NUMBER && !(look.bits & AT)) return id
  const { text } = fold(id)
  const findings = new Findings()
  findMail(text, findings)
  findIdentities(text, findings)
  findPhones(text, findings)
  return findings.inOrder().length > 0 ? pseudonymFor(id) : id
}

/** The pseudonym, whatever it is made of. */
const pseudonymFor = (reference: string): string => `~${hash('sha256', canonical(reference), 'base64url').slice(0, 22)}`

/** One writing for all the ways in which the same number is written; of an e-mail address only width and case differ. */
function canonical(reference: string): string {
  const half = reference.normalize('NFKC')
  if (half.includes('@')) return half.replace(/\s/g, '').toLowerCase()
  const digits = half.replace(/[\s.·\-—–_()+]/g, '').toUpperCase()
  return /^(?:00)?86(1[3-9]\d{9})$/.exec(digits)?.[1] ?? digits
}
