import { type JsonObject, valueAt } from './fields.ts'
import type { Json } from './json.ts'

/** An ISO 4217 code in capitals, as systems write it (`usd`, ` USD `); undefined where it is none. */
export function currencyOf(code: unknown): string | undefined {
  const plain = typeof code === 'string' ? code.trim().toUpperCase() : ''
  return /^[A-Z]{3}$/.test(plain) ? plain : undefined
}

const digits = new Map<string, number>()

/** Decimal places of a currency: 0 for JPY, 2 for CNY, 3 for KWD. */
function minorDigits(currency: string): number {
  let known = digits.get(currency)
  if (known === undefined) {
    known = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
    digits.set(currency, known)
  }
  return known
}

/**
 * An amount in major units as minor units, by its decimal digits: never through a binary fraction. More digits than the currency has are
 * rounded, half away from zero. A comma divides thousands, or decimals where one or two digits follow it (`1.299,50`). Text that is no amount is
 * given back, to be refused with its value.
 */
export function minorOf(amount: string | number, currency: string): unknown {
  const plain = String(amount)
    .normalize('NFKC')
    .toUpperCase()
    .replace(new RegExp(`^${currency}|${currency}$|[\\s'’¥$€£₩]|元`, 'g'), '')
  const match = /^([+-]?)(\d+)(?:\.(\d*))?$/.exec(withPoint(plain))
  if (!match) return amount
  const places = minorDigits(currency)
  const fraction = (match[3] ?? '').padEnd(places + 1, '0')
  const whole = BigInt(match[2]! + fraction.slice(0, places)) + (fraction[places]! >= '5' ? 1n : 0n)
  const minor = Number(whole)
  return minor === 0 ? 0 : match[1] === '-' ? -minor : minor
}

function withPoint(plain: string): string {
  if (!plain.includes(',')) return plain
  if (/^[+-]?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d*)?$/.test(plain)) return plain.replaceAll(',', '')
  return /^[+-]?\d{1,3}(?:\.?\d{3})*,\d{1,2}$/.test(plain) ? plain.replaceAll('.', '').replace(',', '.') : plain
}

/** The amount at a path in minor units; undefined where nothing stands there or the currency is not known. */
export function moneyAt(value: Json | JsonObject | undefined, path: string, currency: string | undefined): unknown {
  const found = valueAt(value, path)
  if (currency === undefined || found === undefined || found === null || found === '') return undefined
  return typeof found === 'string' || typeof found === 'number' ? minorOf(found, currency) : found
}

/** A whole number of minor units, where it is one. */
export const wholeNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined
