import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wilson } from '../../core/share.ts'
import { tenantId } from '../../core/tenant.ts'
import { touchpoints } from '../../core/touchpoint.ts'
import { countingFor } from '../indicators/cases.ts'
import { lengthInDays, wholeSlice } from '../slice.ts'
import { moduleAt, modules } from './list.ts'
import { indicatorOf, knownSlice } from './measure.ts'
import { judgeTarget, type Target } from './target.ts'

const here = import.meta.dirname
const departments: { id: string }[] = JSON.parse(
  readFileSync(path.join(here, '../../../packs/departments.json'), 'utf8'),
)

describe('the modules', () => {
  test('are the folders that lie here, each under its own name', () => {
    const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(modules.map(({ id }) => id).sort()).toEqual(folders.map(({ name }) => name).sort())
  })

  test.each(modules.map((module) => [module.id, module] as const))(
    '%s has words in both languages everywhere',
    (_, module) => {
      for (const words of [module, module.about, ...module.kpis.map(({ send }) => send)]) {
        expect(words.zh).toMatch(/\p{Script=Han}/u)
        expect(words.en).not.toMatch(/\p{Script=Han}/u)
        expect(words.en.trim()).not.toBe('')
      }
    },
  )

  test.each(modules.map((module) => [module.id, module] as const))(
    '%s names indicators that exist, once each, and divides each by what it can be divided by',
    (_, module) => {
      expect(new Set(module.kpis.map(({ id }) => id)).size).toBe(module.kpis.length)
      for (const kpi of module.kpis) {
        const indicator = indicatorOf(kpi, ['noise'])
        expect(indicator.id).toBe(kpi.id)
        expect(kpi.by.length).toBeGreaterThan(0)
        for (const by of kpi.by) expect(countingFor(indicator, by).ok, `${kpi.id} by ${by}`).toBe(true)
      }
    },
  )

  test('have an owner that is a department, and touchpoints that exist and belong to one of them alone', () => {
    for (const module of modules) expect(departments.map(({ id }) => id)).toContain(module.department)
    const claimed = modules.flatMap((module) => module.touchpoints)
    expect(new Set(claimed).size).toBe(claimed.length)
    expect(claimed.filter((id) => !touchpoints.some((one) => one.id === id))).toEqual([])
    for (const module of modules) for (const id of module.touchpoints) expect(moduleAt(id)).toBe(module)
  })
})

describe('the period of a figure that takes time', () => {
  const slice = wholeSlice(tenantId.parse('t1'), '2026-03-01', '2026-03-28')
  const kpi = { id: 'repurchase_rate', by: [], knownAfterDays: 30, send: { zh: '', en: '' } } as const

  test('is the latest of the same length of which all is known', () => {
    const known = knownSlice(kpi, slice, '2026-03-28')
    expect(known).toMatchObject({ from: '2026-01-30', to: '2026-02-26' })
    expect(lengthInDays(known)).toBe(lengthInDays(slice))
  })

  test('is the one asked for as soon as that is known', () => {
    expect(knownSlice(kpi, slice, '2026-04-27')).toEqual(slice)
    expect(knownSlice({ ...kpi, knownAfterDays: undefined } as never, slice, '2026-03-02')).toBe(slice)
  })
})

describe('a target', () => {
  const target = (value: number, more: Partial<Target> = {}): Target => ({ value, stretch: null, by: null, ...more })
  const high = { higherIsBetter: true, lastDay: '2026-03-31' }
  const low = { ...high, higherIsBetter: false }
  // Newcombe 1998, table I: 81 of 263 is 0.308 (0.2553 to 0.3662).
  const figure = wilson(81, 263)

  test('is met or missed only where the whole interval lies on one side of it', () => {
    expect(judgeTarget(figure, target(0.25), high).verdict).toBe('met')
    expect(judgeTarget(figure, target(0.26), high).verdict).toBe('cannot_tell')
    expect(judgeTarget(figure, target(0.36), high).verdict).toBe('cannot_tell')
    expect(judgeTarget(figure, target(0.37), high).verdict).toBe('missed')
    expect(judgeTarget(figure, target(0.25), low).verdict).toBe('missed')
    expect(judgeTarget(figure, target(0.37), low).verdict).toBe('met')
  })

  test('that the bare value has just passed is not met yet', () => {
    expect(judgeTarget(figure, target(0.3), high).verdict).toBe('cannot_tell')
    expect(figure.value).toBeGreaterThan(0.3)
  })

  test('of fewer than 30 cases tells nothing, however far off', () => {
    expect(judgeTarget(wilson(29, 29), target(0.1), high).verdict).toBe('cannot_tell')
    expect(judgeTarget(wilson(30, 30), target(0.1), high).verdict).toBe('met')
  })

  test('that is missed before its day is not reached yet, from its day on missed', () => {
    expect(judgeTarget(figure, target(0.5, { by: '2026-04-01' }), high).verdict).toBe('not_yet')
    expect(judgeTarget(figure, target(0.5, { by: '2026-03-31' }), high).verdict).toBe('missed')
    expect(judgeTarget(figure, target(0.2, { by: '2026-04-01' }), high).verdict).toBe('met')
  })

  test('that nobody set is none: nothing is made up', () => {
    expect(judgeTarget(figure, null, high)).toEqual({ verdict: 'no_target', stretched: false, gap: null })
    const nothing = { value: null, low: null, high: null, n: 0 }
    expect(judgeTarget(nothing, target(0.2), high)).toEqual({ verdict: 'no_data', stretched: false, gap: null })
  })

  test('tells how far the figure is from it, with the same interval', () => {
    const { gap } = judgeTarget(figure, target(0.3), high)
    expect(gap!.value).toBeCloseTo(81 / 263 - 0.3, 12)
    expect(gap!.high! - gap!.low!).toBeCloseTo(figure.high! - figure.low!, 12)
  })

  test('is never both met and missed, and the verdict turns with the direction (any figure, any target)', () => {
    const turned = { met: 'missed', missed: 'met', cannot_tell: 'cannot_tell' } as Record<string, string>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, share, value) => {
          const of = wilson(Math.round(share * n), n)
          const one = judgeTarget(of, target(value), high)
          const other = judgeTarget(of, target(value), low)
          expect(other.verdict).toBe(turned[one.verdict])
          if (of.low! <= value && value <= of.high!) expect(one.verdict).toBe('cannot_tell')
        },
      ),
    )
  })

  test('that is easier is met whenever a harder one is, so that a stretch is never reached alone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        (n, share, value, more) => {
          const judged = judgeTarget(wilson(Math.round(share * n), n), target(value, { stretch: value + more }), high)
          if (judged.stretched) expect(judged.verdict).toBe('met')
        },
      ),
    )
  })
})
