import type { DecodedText } from './text.ts'

/** Characters in one line, at most. */
export const LONGEST_LINE = 1_000_000

export interface Line {
  /** 1-based. */
  line: number
  text: string
  tooLong: boolean
}

/** Lines without their ends (LF or CRLF). What goes beyond the longest line is dropped as it comes, so memory stays bounded. */
export async function* linesOf({ chunks }: DecodedText): AsyncGenerator<Line> {
  let line = 1
  let rest = ''
  let tooLong = false
  const take = (whole: string): Line => {
    const text = whole.endsWith('\r') ? whole.slice(0, -1) : whole
    const found = { line, text, tooLong: tooLong || whole.length > LONGEST_LINE }
    line++
    tooLong = false
    return found
  }
  for await (const chunk of chunks) {
    const text = rest + chunk
    let start = 0
    for (let end = text.indexOf('\n', start); end >= 0; end = text.indexOf('\n', start)) {
      yield take(text.slice(start, end))
      start = end + 1
    }
    rest = text.slice(start)
    if (rest.length > LONGEST_LINE) {
      tooLong = true
      rest = rest.slice(0, 200)
    }
  }
  if (rest !== '' || tooLong) yield take(rest)
}
