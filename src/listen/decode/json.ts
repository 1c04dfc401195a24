import { parseExact } from '../../core/json.ts'
import { because, type Reason } from '../reasons/reason.ts'

/** Deeper than any export is; what lies deeper was made to harm. */
const DEEPEST = 200
/** Characters of one document, at most. */
const LONGEST = 64 * 1024 * 1024

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** One JSON value of a stream: an object, or what stands where one should be. */
export interface Document {
  /** Where it begins, 1-based. */
  line: number
  value?: Json
  /** Why there is no value. */
  reason?: Reason
  /** Its beginning as it is written, for a person. */
  text: string
}

/**
 * A JSON text as its value. Whole numbers beyond 2^53 stay themselves: they become strings. Keys that would reach an object's prototype are
 * plain keys. Throws a SyntaxError, or a RangeError where it is nested more than 200 deep.
 */
export function parseJson(text: string): Json {
  if (depthOf(text) > DEEPEST) throw new RangeError(`is nested more than ${DEEPEST} deep`)
  return parseExact(text) as Json
}

/** How deep its brackets go, outside strings. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) i = endOfString(text, i + 1)
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) deepest = Math.max(deepest, ++depth)
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth--
  }
  return deepest
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_PAREN = 0x28
const CLOSE_PAREN = 0x29
const SEMICOLON = 0x3b
const NEW_LINE = 0x0a
/** What stands before the bracket of a JSONP call: a name, or what web servers put before it (`typeof f === 'function' && f`). */
const CALL = String.raw`(?:\/\*.{0,20}?\*\/\s*)?(?:typeof\s+[\w$.]+\s*===\s*'function'\s*&&\s*)?[\w$.]{1,100}\s*`
const CALLBACK = new RegExp(`^${CALL}$`)
/** An object, a list, or either of them wrapped in a call. */
export const JSON_BEGINS = new RegExp(`^[\\s\\ufeff]*(?:${CALL}\\(\\s*)?[[{]`)

/** The place of the quote that closes a string whose text begins at `from`, or the text's length. */
function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++
    if (slashes % 2 === 0) return end
  }
  return text.length
}

/**
 * The objects of a JSON stream, one by one: those of one array, those of JSON lines, objects one after another over many lines, or a
 * single one, also as JSONP. Memory is bounded by the largest object. What is not an object comes with the reason; the rest of the stream goes on.
 */
export async function* documentsOf(chunks: AsyncIterable<string>): AsyncGenerator<Document> {
  const cutter = new Cutter()
  for await (const chunk of chunks) yield* cutter.take(chunk)
  yield* cutter.end()
}

class Cutter {
  #line = 1
  /** In an outer array, elements are divided by commas. */
  #inArray = false
  #text = ''
  #from = 1
  #depth = 0
  #inString = false
  #escaped = false
  /** A word outside any object, up to the end of its line. */
  #stray = false
  /** Within a call such as `callback({…});`, as JSONP wraps it. */
  #called = false

  /** Between documents: true where one begins at this character. */
  #begins(code: number): boolean {
    if (code === NEW_LINE) this.#line++
    if (code <= 0x20 || code === 0x2c || code === 0xfeff) return false
    if (this.#called && (code === CLOSE_PAREN || code === SEMICOLON)) return false
    if (code === OPEN_BRACKET && !this.#inArray) {
      this.#inArray = true
      return false
    }
    if (code === CLOSE_BRACKET && this.#inArray) {
      this.#inArray = false
      return false
    }
    this.#from = this.#line
    this.#stray = code !== OPEN_BRACE && code !== OPEN_BRACKET
    return true
  }

  *take(chunk: string): Generator<Document> {
    let start = 0
    for (let i = 0; i < chunk.length; i++) {
      const code = chunk.charCodeAt(i)
      if (this.#depth === 0 && !this.#stray) {
        if (!this.#begins(code)) continue
        start = i
      }
      if (code === OPEN_PAREN && this.#stray && CALLBACK.test(this.#text + chunk.slice(start, i))) {
        this.#called = true
        this.#stray = false
        this.#text = ''
        continue
      }
      if (this.#inside(code)) continue
      const text = this.#text + chunk.slice(start, this.#stray ? i : i + 1)
      this.#text = ''
      this.#stray = false
      start = i + 1
      yield documentOf(this.#from, text)
    }
    if (this.#depth > 0 || this.#stray) this.#text += chunk.slice(start)
    if (this.#text.length > LONGEST) yield this.#giveUp()
  }

  *end(): Generator<Document> {
    if (this.#text.trim() === '') {
      if (this.#inArray) yield { line: this.#line, reason: because('list_cut'), text: '' }
      return
    }
    yield this.#stray
      ? documentOf(this.#from, this.#text)
      : { line: this.#from, reason: because('object_cut'), text: shorten(this.#text) }
  }

  /** Within a document: false where it ends with this character (or, for a stray word, before it). */
  #inside(code: number): boolean {
    if (code === NEW_LINE) this.#line++
    if (this.#stray) return code !== NEW_LINE
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false
      else if (code === BACKSLASH) this.#escaped = true
      else if (code === QUOTE) this.#inString = false
      return true
    }
    if (code === QUOTE) this.#inString = true
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) this.#depth++
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) this.#depth--
    return this.#depth > 0
  }

  #giveUp(): Document {
    const found = {
      line: this.#from,
      reason: because('object_too_long', { most: LONGEST / 1024 / 1024 }),
      text: shorten(this.#text),
    }
    this.#text = ''
    this.#depth = 0
    this.#inString = false
    this.#stray = true
    return found
  }
}

function documentOf(line: number, text: string): Document {
  try {
    const value = parseJson(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { line, value, text: text.length > 2_000 ? '' : text }
    return { line, reason: because('not_an_object'), text: shorten(text) }
  } catch (error) {
    const reason =
      error instanceof RangeError
        ? because('too_deep', { most: DEEPEST })
        : because('not_json', { what: (error as Error).message + printed(text) })
    return { line, reason, text: shorten(text) }
  }
}

/** Objects as Python prints them: much like JSON, and saved as it now and then. */
const printed = (text: string): string =>
  /[:[,]\s*(?:datetime\.|None\b|True\b|False\b)|^\{\s*'/.test(text)
    ? '; it is Python’s print of an object: save it as JSON (json.dump with default=str) or as a table'
    : ''

const shorten = (text: string): string => (text.length > 2_000 ? `${text.slice(0, 2_000)}…` : text)
