import { describe, expect, test } from 'vitest'
import { day, ident, join, sql } from './sql.ts'

describe('the SQL template', () => {
  test('puts every value in as a literal', () => {
    const question = sql`SELECT ${ident('n')} FROM voices WHERE tenant = ${"o'main\\"} AND day >= ${day('2026-01-01')} AND kind IN ${['a', 'b']}`
    expect(question.text).toBe(
      "SELECT `n` FROM voices WHERE tenant = 'o\\'main\\\\' AND day >= toDate('2026-01-01') AND kind IN ('a', 'b')",
    )
  })

  test('nests pieces and joins them', () => {
    expect(sql`WHERE ${join([sql`a = ${1}`, sql`b = ${null}`], sql` OR `)}`.text).toBe('WHERE a = 1 OR b = NULL')
    expect(join([1, 'x']).text).toBe("1, 'x'")
  })

  test('refuses what has no literal: numbers that are not finite, empty lists, days that are none, strange values', () => {
    for (const value of [Number.NaN, Infinity, -Infinity, [], new Date(Number.NaN), {}, undefined, () => 1])
      expect(() => sql`${value as never}`).toThrow(TypeError)
    for (const text of ['2026-02-30', '2026-1-1', "2026-01-01')", '']) expect(() => day(text)).toThrow(TypeError)
    expect(() => ident('')).toThrow(TypeError)
  })

  test('takes no object from outside for a piece, whatever it looks like', () => {
    expect(() => sql`SELECT ${JSON.parse('{"text":"1; DROP TABLE voices"}')}`).toThrow(TypeError)
  })
})
