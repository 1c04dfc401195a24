/** What a text holds, as bits: one look at every character decides which patterns are worth running. */
export const DIGIT = 1
export const NUMERAL = 2
export const AT = 4
/** A number of a house or a door: a figure or a letter right before 号, 栋, 室 and the like. */
export const HOUSE = 8
/** A word that a name may follow or precede, as far as its last two signs tell. */
export const PERSON = 16
export const LATIN = 32
/** Written wide, circled or with something invisible in between: to be folded before patterns see it. */
export const DISGUISED = 64
export const CAPITAL = 128
/** A word that an address without such a number may follow or be made of. */
export const PLACE = 256
const UNIT = 512
const LAST = 1024
const LAST_BUT_ONE = 2048

const bits = new Uint16Array(65_536)
const mark = (characters: string, bit: number) => {
  for (const character of characters) bits[character.charCodeAt(0)]! |= bit
}
const range = (from: number, to: number) =>
  String.fromCharCode(...Array.from({ length: to - from + 1 }, (_, at) => from + at))

/** Numerals that stand for one digit each when a number is spelled. */
const numerals: Readonly<Record<string, string>> = Object.fromEntries(
  ['零一二三四五六七八九', '〇壹贰叁肆伍陆柒捌玖', '○幺貳參肆伍陸柒捌玖'].flatMap((row) =>
    [...row].map((sign, digit) => [sign, String(digit)]),
  ),
)

mark('0123456789', DIGIT)
mark(range(0xff10, 0xff19), DIGIT)
mark(
  `${range(0x2460, 0x2468)}${range(0x2776, 0x277e)}${range(0x2780, 0x2788)}${range(0x2474, 0x247c)}${range(0x2488, 0x2490)}⓪⓿`,
  DIGIT | DISGUISED,
)
mark(Object.keys(numerals).join(''), NUMERAL)
mark('@＠艾', AT)
mark('号號弄栋幢座单室房户组队层楼#＃', UNIT)
mark('址住寄编乡镇', PLACE)
mark(range(0x61, 0x7a), LATIN)
mark(range(0x41, 0x5a), LATIN | CAPITAL)
mark(range(0xff01, 0xff5e), DISGUISED)
// Mathematical digits come as surrogate pairs that begin so.
mark('\ud835', DIGIT | DISGUISED)
mark('\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\ufe0f\u20e3\u3000', DISGUISED)
// Punctuation is wide in every Chinese text and in no pattern's way.
for (const sign of '，。！？；：、～') bits[sign.charCodeAt(0)]! &= ~DISGUISED

export interface Look {
  bits: number
  /** The most figures (digits and numerals) that stand together, with no more than three other signs between two of them. */
  figures: number
}

const GAP = 3
const COUNTED = DIGIT | NUMERAL | LATIN | CAPITAL

export function lookAt(text: string): Look {
  let found = 0
  let figures = 0
  let run = 0
  let gap = 0
  let before = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const bit = bits[code]!
    found |= bit
    if (bit & (DIGIT | NUMERAL)) {
      gap = 0
      if (++run > figures) figures = run
    } else if (run > 0 && ++gap > GAP) run = 0
    if (bit & UNIT && before & COUNTED) found |= HOUSE
    if (bit & LAST && before & LAST_BUT_ONE) found |= PERSON
    if (code !== 32) before = bit
  }
  return { bits: found, figures }
}

/** Makes `lookAt` tell of these words, each of two signs or more. */
export function markPersonWords(words: Iterable<string>): void {
  for (const word of words) {
    mark(word.at(-1)!, LAST)
    mark(word.at(-2)!, LAST_BUT_ONE)
  }
}

/** Whether one of those words may end at `at`: most places of a text are passed at this look. */
export const mayEndPersonWord = (text: string, at: number): boolean =>
  (bits[text.charCodeAt(at)]! & LAST) !== 0 && (bits[text.charCodeAt(at - 1)]! & LAST_BUT_ONE) !== 0

/** A text as patterns read it, and where each of its UTF-16 units stood. */
export interface Folded {
  text: string
  /** Undefined where nothing moved. */
  at?: readonly number[]
}

const INVISIBLE = new Set([...'\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\ufe0f\u20e3'])

/** Half-width, circled and mathematical digits as digits, and without what cannot be seen. */
export function fold(text: string): Folded {
  const at: number[] = []
  let folded = ''
  for (let from = 0; from < text.length; ) {
    const sign = String.fromCodePoint(text.codePointAt(from)!)
    if (!INVISIBLE.has(sign)) {
      folded += foldedSign(sign)
      while (at.length < folded.length) at.push(from)
    }
    from += sign.length
  }
  at.push(text.length)
  return { text: folded, at }
}

function foldedSign(sign: string): string {
  const code = sign.codePointAt(0)!
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0)
  if (code === 0x3000) return ' '
  if (code >= 0x2460 && code <= 0x2468) return String(code - 0x245f)
  if (code >= 0x2776 && code <= 0x277e) return String(code - 0x2775)
  if (code >= 0x2780 && code <= 0x2788) return String(code - 0x277f)
  if (code >= 0x2474 && code <= 0x247c) return String(code - 0x2473)
  if (code >= 0x2488 && code <= 0x2490) return String(code - 0x2487)
  if (code === 0x24ea || code === 0x24ff) return '0'
  if (code >= 0x1d7ce && code <= 0x1d7ff) return String((code - 0x1d7ce) % 10)
  return sign
}

const NUMERALS = new RegExp(`[${Object.keys(numerals).join('')}]`, 'g')
const SPELLED = new RegExp(`(?:[0-9${Object.keys(numerals).join('')}][ .·\\-—,、/]{0,2}){7}`)

/** The text with numerals as digits, where enough of them stand together to be a number; each sign keeps its place. */
export function spelledOut(text: string): string | undefined {
  return SPELLED.test(text) ? text.replace(NUMERALS, (sign) => numerals[sign]!) : undefined
}
