/** A number of sixteen digits or more that stands outside a text, or seems to. */
const LONG_NUMBER = /(?:^|[[:,\s])-?\d{16}/

/**
 * JSON.parse, but whole numbers beyond 2^53 stay themselves: they become texts of their digits, as ids are. Throws a SyntaxError.
 * A reviver costs several times the parsing, so it is asked only where such a number may be.
 */
export const parseExact = (text: string): unknown =>
  LONG_NUMBER.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)

function keepDigits(this: unknown, _key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source
  if (typeof value !== 'number' || source === undefined || Number.isSafeInteger(value)) return value
  return /^-?\d+$/.test(source) ? source : value
}
