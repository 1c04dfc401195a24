import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { proveTable } from './prove.ts'

const panel = path.resolve(import.meta.dirname, '../../../shared/data/prop99/panel.csv')
const counts = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'].flatMap((unit, place) =>
  ['0', '1'].map((after) => ({
    product: unit,
    group: place % 2 ? 'treated' : 'control',
    after,
    returned: String(20 + place - (after === '1' && place % 2 ? 10 : 0) - (place % 3)),
    orders: '100',
  })),
)
const columns = { unit: 'product', treated: 'group', outcome: 'returned', n: 'orders' }

describe('a proof from a table', () => {
  test('of counts before and after needs no time: returns fell by ten points of a hundred orders', () => {
    const proof = proveTable(counts, 'did', { columns })
    expect(proof.ok && proof.value.effect!.value).toBeCloseTo(-0.1, 10)
    expect(proof.ok && proof.value.verdict).toBe('worked')
  })

  test('a missing column is named, with those that are there', () => {
    const proof = proveTable(counts, 'did', { columns: { ...columns, outcome: 'sales' } })
    expect(proof).toMatchObject({ ok: false, problem: { code: 'missing-column', where: 'outcome' } })
    expect(!proof.ok && proof.problem.remedy).toContain('product, group, after, returned, orders')
  })

  test('a value that cannot be read is told with its row and column', () => {
    const broken = [...counts.slice(0, 3), { ...counts[3]!, returned: 'many' }]
    const proof = proveTable(broken, 'did', { columns })
    expect(proof).toMatchObject({ ok: false, problem: { code: 'bad-value', where: 'row 5, column returned' } })
  })

  test('an unknown design, an empty table and a missing change are refused in words', () => {
    expect(proveTable(counts, 'magic')).toMatchObject({ ok: false, problem: { code: 'no-such-design' } })
    expect(proveTable([], 'did')).toMatchObject({ ok: false, problem: { code: 'empty-table' } })
    const timed = [{ unit: 'a', treated: '1', time: '2026-01-01', outcome: '1' }]
    expect(proveTable(timed, 'did')).toMatchObject({ ok: false, problem: { code: 'no-change' } })
  })

  test.skipIf(!existsSync(panel))(
    'one treated state cannot tell, though its change is there (skipped where ../shared/data is absent)',
    () => {
      const rows = parse(readFileSync(panel), { columns: true }) as Record<string, string>[]
      const proof = proveTable(rows, 'did', {
        columns: { unit: 'state', outcome: 'cigsale', time: 'year' },
        change: '1989',
      })
      if (!proof.ok) throw new Error(proof.problem.message)
      expect(proof.value.verdict).toBe('cannot_tell')
      expect(proof.value.effect).toBeNull()
      expect(proof.value.treated.change! - proof.value.control.change!).toBeCloseTo(-27.349, 3)
    },
  )

  test('rates beside a number of cases are refused, since they would be taken for sums', () => {
    const rows = Array.from({ length: 24 }, (_, at) => ({
      unit: `u${at % 12}`,
      treated: at % 12 < 6 ? '1' : '0',
      after: at < 12 ? '0' : '1',
      outcome: '0.3',
      n: '50',
    }))
    expect(proveTable(rows, 'did')).toMatchObject({
      ok: false,
      problem: { code: 'rates-not-counts', where: 'outcome' },
    })
  })
})
