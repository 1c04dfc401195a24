import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Candidate, candidateName } from './candidate.ts'
import { AT, type CaseRow } from './case-row.ts'
import { BETWEEN } from './fold.ts'
import { findOutcome, type Outcome, outcomes } from './outcomes.ts'
import type { Moments, Stratum } from './strata.ts'
import { type CaseTables, current, noTables, previous, tablesOf, tabulate } from './table.ts'
import type { Tabled } from './tabled.ts'

/** One order line as a naive recount sees it. */
interface Line {
  part: 0 | 1 | 2 | 3
  category: string
  product: string
  kind: 'new' | 'known'
  city: string
  late: 0 | 1 | 2
  /** Complaints as aspect and scene. */
  said: [string, string][]
  returned: boolean
  cancelled: boolean
}

const touchpointOf: Record<string, string> = { noise: 'use', heat: 'use', parcel: 'deliver' }

const line: fc.Arbitrary<Line> = fc.record({
  part: fc.constantFrom(0, 1, 2, 3),
  category: fc.constantFrom('heater', 'boiler'),
  product: fc.constantFrom('p1', 'p2', 'p3'),
  kind: fc.constantFrom('new', 'known'),
  city: fc.constantFrom('', '杭州', '北京'),
  late: fc.constantFrom(0, 1, 2),
  said: fc.array(fc.tuple(fc.constantFrom('noise', 'heat', 'parcel'), fc.constantFrom('', 'sleep', 'office')), {
    maxLength: 3,
  }),
  returned: fc.boolean(),
  cancelled: fc.boolean(),
})
const market = fc.array(line, { maxLength: 60 })

const noCounts = {
  ...{
    n: 0,
    low: 0,
    satisfied: 0,
    score: 0,
    scoreSquares: 0,
    net: 0,
    netSquares: 0,
    returned: 0,
    refund: 0,
    refunded: 0,
  },
  ...{ refund_n: 0, refund_hits: 0, cancel_n: 0, cancel_hits: 0, churn_n: 0, churn_hits: 0, late_n: 0, late_hits: 0 },
}

/** A row for each line, as the engine makes one for each that differs. */
function rowOf(one: Line, told: Partial<CaseRow>): CaseRow {
  return {
    ...{
      metric: '',
      aspect: '',
      scene: '',
      trait: '',
      value: '',
      customer: '',
      firstDay: '',
      lastDay: '',
      currency: 'CNY',
    },
    ...noCounts,
    ...{ part: one.part, category: one.category, stratum: one.product },
    key: [one.category, one.product, one.part, 'CNY'].join(BETWEEN),
    ...{ n: 1, returned: Number(one.returned), refund: one.returned ? 100 : 0, refunded: Number(one.returned) },
    ...{
      cancel_n: 1,
      cancel_hits: Number(one.cancelled),
      late_n: Number(one.late > 0),
      late_hits: Number(one.late === 2),
    },
    ...told,
  }
}

/** What a line is told under: each aspect, each in its scene, each touchpoint, once. */
function toldOf({ said }: Line): [string, string][] {
  const pairs = said.flatMap(([aspect, scene]) => [
    [aspect, ''],
    ...(scene === '' ? [] : [[aspect, scene]]),
    [AT + touchpointOf[aspect]!, ''],
  ])
  return [...new Map(pairs.map((pair) => [JSON.stringify(pair), pair as [string, string]])).values()]
}

/** Rows of the same kind and key are one row, as the engine adds them up. */
function folded(rows: readonly CaseRow[]): CaseRow[] {
  const known = new Map<string, CaseRow>()
  for (const row of rows) {
    const { key, aspect, scene, trait, value, customer } = row
    const name = JSON.stringify([key, aspect, scene, trait, value, customer])
    const before = known.get(name)
    if (!before) known.set(name, { ...row })
    else for (const column of Object.keys(noCounts) as (keyof typeof noCounts)[]) before[column] += row[column]
  }
  return [...known.values()]
}

function tablesFor(lines: readonly Line[]): CaseTables {
  const traits = (one: Line): [string, string][] => [
    ['customer', one.kind],
    ...(one.city === '' ? [] : [['city', one.city] as [string, string]]),
    ...(one.late === 0 ? [] : [['late_delivery', String(one.late)] as [string, string]]),
  ]
  return {
    ...noTables,
    closedOrders: folded(lines.map((one) => rowOf(one, {}))),
    closedTraits: folded(lines.flatMap((one) => traits(one).map(([trait, value]) => rowOf(one, { trait, value })))),
    exposedOrders: folded(
      lines.flatMap((one) => toldOf(one).map(([aspect, scene]) => rowOf(one, { aspect, scene, customer: one.kind }))),
    ),
  }
}

/** Which lines have a candidate, and which could have had it: the controls are those of them that have it not. */
function sidesOf({ factor, aspect, scene, value, category }: Candidate) {
  const says = (one: Line, of: string, where?: string) =>
    one.said.some(([what, at]) => what === of && (where === undefined || at === where))
  const here = (one: Line) => category === '' || one.category === category
  switch (factor) {
    case 'touchpoint': {
      const has = (one: Line) => one.said.some(([what]) => touchpointOf[what] === value)
      return { has, could: here }
    }
    case 'aspect':
      return {
        has: (one: Line) => says(one, aspect, scene === '' ? undefined : scene),
        could: (one: Line) => here(one) && (value === undefined || one.kind === 'new'),
        // Whoever says the same in another scene is on no side.
        neither: (one: Line) => scene !== '' && says(one, aspect) && !says(one, aspect, scene),
      }
    case 'late_delivery':
      return { has: (one: Line) => one.late === 2, could: (one: Line) => here(one) && one.late > 0 }
    case 'city':
      return { has: (one: Line) => one.city === value, could: (one: Line) => here(one) && one.city !== '' }
    default:
      return { has: (one: Line) => one.kind === value, could: here }
  }
}

function sum(lines: readonly Line[], outcome: Outcome): Moments {
  const all = { n: 0, sum: 0, squares: 0 }
  for (const one of lines) {
    const { n, sum: hits, squares } = outcome.moments(rowOf(one, {}))
    all.n += n
    all.sum += hits
    all.squares += squares
  }
  return all
}

function recount(lines: readonly Line[], candidate: Candidate, outcome: Outcome): { all: Stratum; strata: Stratum[] } {
  const { has, could, neither = () => false } = sidesOf(candidate)
  const mine = lines.filter((one) => could(one) && !neither(one))
  const sides = (some: readonly Line[]): Stratum => ({
    exposed: sum(some.filter(has), outcome),
    control: sum(
      some.filter((one) => !has(one)),
      outcome,
    ),
  })
  const keys = new Set(mine.filter(has).map((one) => rowOf(one, {}).key))
  return { all: sides(mine), strata: [...keys].map((key) => sides(mine.filter((one) => rowOf(one, {}).key === key))) }
}

const inOrder = (strata: readonly Stratum[]) =>
  strata
    .filter(({ exposed }) => exposed.n > 0)
    .map(({ exposed, control }) => JSON.stringify([exposed, control]))
    .sort()

const ofOrders = (outcomes as readonly Outcome[]).filter(({ id }) => ['return', 'cancel', 'late'].includes(id))
const all = (lines: readonly Line[]) => tabulate(tablesFor(lines), ofOrders, current, { least: 1 })
const factsOf = ({ candidate, all: sides, strata, outside, money }: Tabled) => ({
  ...{ candidate, sides, outside, money: [...money] },
  strata: strata.map(({ exposed, control }) => ({ exposed, control })),
})

describe('cases told by what they have', () => {
  test('are those of a naive recount: complaints, in a scene, at a touchpoint, of new customers, facts of the operation, cities', () => {
    fc.assert(
      fc.property(market, (lines) => {
        const now = lines.filter(({ part }) => part >= 2)
        for (const { outcome, tabled } of all(lines)) {
          const naive = recount(now, tabled.candidate, outcome)
          const name = candidateName(tabled.candidate)
          expect({ name, ...tabled.all }).toEqual({ name, ...naive.all })
          expect(inOrder(tabled.strata), name).toEqual(inOrder(naive.strata))
        }
      }),
    )
  })

  test('all of them are there: no complaint, touchpoint, newcomer’s complaint or trait of a return is passed over', () => {
    fc.assert(
      fc.property(market, (lines) => {
        const now = lines.filter(({ part }) => part >= 2)
        const told = all(lines).filter(({ outcome }) => outcome.id === 'return')
        const expected = new Set(
          now.flatMap((one) => [
            ...toldOf(one).map(([aspect, scene]) => JSON.stringify([one.category, aspect, scene, ''])),
            ...(one.kind === 'new' ? one.said : []).map(([aspect]) =>
              JSON.stringify([one.category, aspect, '', 'new']),
            ),
          ]),
        )
        const found = told.flatMap(({ tabled: { candidate } }) => {
          const { factor, aspect, scene, value, category } = candidate
          if (factor === 'touchpoint') return [JSON.stringify([category, AT + value, '', ''])]
          return factor === 'aspect' ? [JSON.stringify([category, aspect, scene, value ?? ''])] : []
        })
        expect(new Set(found)).toEqual(expected)
        expect(found).toHaveLength(expected.size)
      }),
    )
  })

  test('a complaint of new customers has the known ones outside it, and one in a scene the other scenes', () => {
    fc.assert(
      fc.property(market, (lines) => {
        const now = lines.filter(({ part }) => part >= 2)
        for (const { outcome, tabled } of all(lines)) {
          const { factor, aspect, scene, value, category } = tabled.candidate
          if (factor !== 'aspect' || (value === undefined && scene === '')) continue
          const says = (one: Line, where?: string) =>
            one.said.some(([what, at]) => what === aspect && (where === undefined || at === where))
          const outside = now.filter((one) => {
            if (one.category !== category || !says(one)) return false
            return value === 'new' ? one.kind === 'known' : !says(one, scene)
          })
          const exposed = tabled.outside.reduce((n, stratum) => n + stratum.exposed.n, 0)
          expect(exposed, candidateName(tabled.candidate)).toBe(sum(outside, outcome).n)
        }
      }),
    )
  })

  test('what comes with an outcome or after it is no candidate of it', () => {
    fc.assert(
      fc.property(market, (lines) => {
        for (const { outcome, tabled } of all(lines)) expect(outcome.after ?? []).not.toContain(tabled.candidate.factor)
      }),
    )
  })

  test('are the same from the rows of some candidates alone, in either period', () => {
    fc.assert(
      fc.property(market, fc.nat(), fc.constantFrom(current, previous), (lines, which, parts) => {
        const tables = tablesFor(lines)
        const known = tabulate(tables, ofOrders, parts, { least: 1 })
        if (known.length === 0) return
        const { tabled } = known[which % known.length]!
        const outcome = findOutcome(tabled.candidate.outcome) as Outcome
        const alone = tabulate(tablesOf(tables, [tabled.candidate]), [outcome], parts, { least: 1 })
        const same = alone.find((one) => candidateName(one.tabled.candidate) === candidateName(tabled.candidate))
        expect(same && factsOf(same.tabled)).toEqual(factsOf(tabled))
      }),
    )
  })

  test('traits of few cases are left out where so many are asked for, and only those', () => {
    fc.assert(
      fc.property(market, fc.integer({ min: 1, max: 8 }), (lines, least) => {
        const tables = tablesFor(lines)
        const few = ({ tabled }: { tabled: Tabled }) =>
          ['city', 'customer'].includes(tabled.candidate.factor) && tabled.all.exposed.n < least
        const named = (list: readonly { tabled: Tabled }[]) => list.map(({ tabled }) => candidateName(tabled.candidate))
        const enough = tabulate(tables, ofOrders, current, { least: 1 }).filter((one) => !few(one))
        expect(named(tabulate(tables, ofOrders, current, { least }))).toEqual(named(enough))
      }),
    )
  })
})
