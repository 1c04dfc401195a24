/** A finished statement or a piece of one. Only this module makes them, so text from outside is always quoted. */
export interface Sql {
  readonly text: string
}

/** What may stand in a hole of the template. An array becomes a list in parentheses, for IN. */
export type SqlValue = Sql | string | number | bigint | boolean | null | Date | readonly SqlValue[]

const made = new WeakSet<Sql>()

function make(text: string): Sql {
  const sql = Object.freeze({ text })
  made.add(sql)
  return sql
}

const isSql = (value: SqlValue): value is Sql => typeof value === 'object' && value !== null && made.has(value as Sql)

/**
 * Builds a statement; every hole is written as a literal that the engine reads back as the same value.
 *
 * Strings, finite numbers, big integers, booleans (1 and 0) and null become literals; a Date becomes its epoch milliseconds; an array
 * becomes `(a, b)`; pieces made by `sql`, `ident`, `day` and `join` are put in as they are. Throws on anything else, on a number
 * that is not finite and on an empty array (ClickHouse has no empty list: decide what "none" means before asking).
 *
 * @example sql`SELECT count() AS n FROM voices WHERE tenant = ${'main'} AND day >= ${day('2026-01-01')} AND kind IN ${['review']}`.text
 */
export function sql(strings: TemplateStringsArray, ...values: readonly SqlValue[]): Sql {
  let text = strings[0] ?? ''
  for (const [place, value] of values.entries()) text += literal(value) + (strings[place + 1] ?? '')
  return make(text)
}

/** A name of a table or column. */
export function ident(name: string): Sql {
  if (name === '' || name.includes('\0')) throw new TypeError('A name of a table or column cannot be empty')
  return make(`\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``)
}

/** A calendar day, YYYY-MM-DD, as a Date. */
export function day(text: string): Sql {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(text))
    throw new TypeError(`Not a calendar day: ${text}`)
  return make(`toDate('${text}')`)
}

/** Puts pieces one after the other; `separator` is a piece too: join(parts, sql` AND `). */
export function join(parts: readonly SqlValue[], separator: Sql = make(', ')): Sql {
  return make(parts.map(literal).join(separator.text))
}

/** Text that is SQL already and was written by a programmer, as a table definition. Never give it anything from outside. */
export const trusted = (text: string): Sql => make(text)

function literal(value: SqlValue): string {
  if (value === null) return 'NULL'
  switch (typeof value) {
    case 'string':
      return quoted(value)
    case 'number':
      return numeral(value)
    case 'bigint':
      return value < 0n ? `(${value})` : String(value)
    case 'boolean':
      return value ? '1' : '0'
    case 'object':
      if (isSql(value)) return value.text
      if (value instanceof Date) return numeral(value.getTime())
      if (Array.isArray(value)) return list(value)
  }
  throw new TypeError(`Cannot be written as SQL: ${typeof value}`)
}

function list(values: readonly SqlValue[]): string {
  if (values.length === 0) throw new TypeError('An empty list cannot be asked for')
  return `(${values.map(literal).join(', ')})`
}

/** What lies nearer to nought (and has lost digits already) is nought: release 18 does not read it. */
const smallest = 2 ** -1022

/** Numbers keep every digit; a negative one stands in parentheses, so that `a -${n}` cannot begin a comment. */
function numeral(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`Not a finite number: ${value}`)
  if (Math.abs(value) < smallest) return '0'
  return value < 0 ? `(${value})` : String(value)
}

const escapes: Record<string, string> = {
  '\\': '\\\\',
  "'": "\\'",
  '\0': '\\0',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
}

/** Lone surrogates are no characters and cannot be sent as UTF-8: they become U+FFFD, as they do wherever text is encoded. */
function quoted(value: string): string {
  return `'${value.toWellFormed().replace(/[\\'\0\n\r\t\b\f]/g, (character) => escapes[character]!)}'`
}
