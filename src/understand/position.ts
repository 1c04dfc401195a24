/**
 * Where things stand in a JSON text, for messages that name a line. JSON.parse keeps no places, and its errors have them only
 * at times; so the text is walked once more, and only after something was found wrong.
 */
type Visit = (path: readonly (string | number)[], offset: number) => void

/** One token of JSON after white space; strings may not hold a bare line break. */
const TOKEN = /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\n\r]|\\.)*")|(-?\d[\d.eE+-]*|true|false|null))/y

/**
 * The line, from 1, on which the value of a path begins: for a field, that of its name. Of a path that the text does not have
 * (a field that is missing), the line of the innermost part that it has. The last of equal names counts, as in JSON.parse.
 */
export function lineOf(text: string, path: readonly PropertyKey[]): number {
  let deepest = 0
  let offset = 0
  walk(text, (found, at) => {
    if (found.length < deepest || found.length > path.length) return
    if (found.some((part, i) => part !== path[i])) return
    deepest = found.length
    offset = at
  })
  return lineAt(text, offset)
}

/** The line, from 1, on which a text stops being JSON; its last line where something is missing at the end. */
export function lineOfBreak(text: string): number {
  return lineAt(
    text,
    walk(text, () => {}),
  )
}

function lineAt(text: string, offset: number): number {
  let line = 1
  for (let i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) line++
  return line
}

/** Walks as far as the text is JSON and returns the offset at which it ends or breaks off. */
function walk(text: string, visit: Visit): number {
  const path: (string | number)[] = []
  const place = { text, at: 0 }
  value(place, path, visit)
  const next = peek(place)
  return next ? next.start : place.at < text.trimEnd().length ? start(place) : text.trimEnd().length
}

interface Place {
  text: string
  at: number
}

interface Found {
  text: string
  start: number
  end: number
}

function peek({ text, at }: Place): Found | null {
  TOKEN.lastIndex = at
  const match = TOKEN.exec(text)
  if (!match) return null
  const token = match[1] ?? match[2] ?? match[3]!
  return { text: token, start: TOKEN.lastIndex - token.length, end: TOKEN.lastIndex }
}

/** Where the next token would begin: what stands there is none. */
function start({ text, at }: Place): number {
  while (' \t\r\n'.includes(text[at] ?? 'x')) at++
  return at
}

function take(place: Place, wanted: string): boolean {
  const token = peek(place)
  if (token?.text !== wanted) return false
  place.at = token.end
  return true
}

/** Reads one value; false where the text breaks, with `place` before the token that does not fit. */
function value(place: Place, path: (string | number)[], visit: Visit): boolean {
  const token = peek(place)
  if (!token || ',:]}'.includes(token.text)) return false
  if (path.length === 0 || typeof path.at(-1) === 'number') visit(path, token.start)
  place.at = token.end
  if (token.text === '{') return members(place, path, visit)
  if (token.text === '[') return items(place, path, visit)
  return true
}

function members(place: Place, path: (string | number)[], visit: Visit): boolean {
  if (take(place, '}')) return true
  do {
    const name = peek(place)
    if (!name?.text.startsWith('"')) return false
    place.at = name.end
    path.push(unquote(name.text))
    visit(path, name.start)
    if (!take(place, ':') || !value(place, path, visit)) return false
    path.pop()
  } while (take(place, ','))
  return take(place, '}')
}

function items(place: Place, path: (string | number)[], visit: Visit): boolean {
  if (take(place, ']')) return true
  let index = 0
  do {
    path.push(index++)
    if (!value(place, path, visit)) return false
    path.pop()
  } while (take(place, ','))
  return take(place, ']')
}

/** A name with a broken escape is JSON.parse's to complain of. */
function unquote(quoted: string): string {
  try {
    return JSON.parse(quoted) as string
  } catch {
    return quoted
  }
}
