import { createHash } from 'node:crypto'
import type { MarkedTable } from '../../store/clickhouse/marks.ts'
import { join, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import { columnsIn } from '../indicators/columns.ts'
import type { Counting, Indicator } from '../indicators/define.ts'
import { indicators } from '../indicators/list.ts'
import { answered } from '../journey/answered.ts'
import { held } from '../journey/held.ts'
import { contacted, sentBack, waited } from '../journey/served.ts'
import { seen, walked } from '../journey/walked.ts'
import { type Facet, facetItem, facetNames, facetValue, furtherColumns, furtherFacets } from './facet.ts'
import {
  coarse,
  type Grouping,
  none,
  type RolledDimension,
  type Rolling,
  rolledDimensions,
  rowsOf,
  type Scope,
} from './rolling.ts'

const every = Object.keys(rolledDimensions) as RolledDimension[]

interface Simple {
  id: string
  table: MarkedTable
  rows: Sql
  item: Sql
  plus: Sql
  minus: Sql
}

function simply({ id, table, rows, item, plus, minus }: Simple): Rolling {
  return {
    id,
    table,
    along: every,
    counted: ({ key, day, itemised }, scope) => sql`
      SELECT ${key} AS k, ${day} AS d, ${itemised ? item : none} AS i, count() AS counted, countIf(${plus}) AS up, countIf(${minus}) AS down
      FROM ${trusted(table)} WHERE ${rowsOf(scope)} AND ${rows} GROUP BY k, d, i`,
  }
}

/** Values in place of rows that count up or down: their sum counts up, the sum of their squares down, both in parts of one. */
function summing({ id, table, rows, value }: Omit<Simple, 'item' | 'plus' | 'minus'> & { value: Sql }): Rolling {
  return {
    id,
    table,
    along: every,
    counted: ({ key, day }, scope) => sql`
      SELECT k, d, i, count() AS counted, sum(parts) AS up, sum(parts * parts) AS down
      FROM (SELECT ${key} AS k, ${day} AS d, ${none} AS i, toInt64(round(${value})) AS parts FROM ${trusted(table)} WHERE ${rowsOf(scope)} AND ${rows})
      GROUP BY k, d, i`,
  }
}

/** The same of cases that are several rows of one day each; a filter is asked of the case, not of its rows. */
function daily({ id, table, rows, plus, minus }: Simple, cases: NonNullable<Counting['daily']>): Rolling {
  return {
    id,
    table,
    along: [...coarse, 'channel'],
    heavy: true,
    counted: ({ key, day }, { days, filter }) => sql`
      SELECT ${key} AS k, ${day} AS d, ${none} AS i, count() AS counted, countIf(${plus}) AS up, countIf(${minus}) AS down
      FROM (${cases(days, columnsIn(key, day, filter, rows, plus, minus))}) WHERE ${filter} AND ${rows} GROUP BY k, d, i`,
  }
}

const spoken = sql`speaker = 'customer'`

/** What pages ask for beside the indicators. */
export const said: Rolling = simply({
  id: 'said',
  table: 'mentions',
  rows: sql`1`,
  item: sql`aspect`,
  plus: sql`polarity = 'positive'`,
  minus: sql`polarity = 'negative'`,
})
export const flow: Rolling = simply({
  id: 'flow',
  table: 'voices',
  rows: spoken,
  item: none,
  plus: sql`read = 1`,
  minus: sql`read = 1 AND sentiment = 'negative'`,
})

/** Voices under a condition by the values of some facets (`facetItem`), with those that blame an aspect counting down. */
export const dividing = (names: readonly Facet[], { key, day }: Pick<Grouping, 'key' | 'day'>, condition: Sql): Sql =>
  join(
    names.map((name) => {
      const blamed = name === 'aspect' ? sql`countIf(has(negative_aspects, v))` : sql`toUInt64(0)`
      return sql`
        SELECT k, d, ${facetItem(name, sql`v`)} AS i, counted, toUInt64(0) AS up, down
        FROM (
          SELECT ${key} AS k, ${day} AS d, ${facetValue(name)} AS v, count() AS counted, ${blamed} AS down
          FROM voices WHERE ${condition} GROUP BY k, d, v
        )`
    }),
    sql` UNION ALL `,
  )

/** How customers' voices divide, by all facets; where rows are counted, by those alone that are asked for. */
export const dividedBy = (names: readonly Facet[]): Rolling => ({
  id: 'divided',
  table: 'voices',
  along: [...coarse, ...furtherFacets],
  counted: (grouping, scope) => dividing(names, grouping, sql`${rowsOf(scope)} AND ${spoken}`),
})
export const divided = dividedBy(facetNames)

/**
 * Voices (not mentions) that speak of an aspect neutrally or mixed, and with praise counting up; voices that speak of a scene, with blame
 * counting down. A voice has one day and one place, so that voices add up over both. They are told apart by a hash of 64 bits, which is
 * four times as quick as by their ids: among ten million, the chance that any two are taken for one is below 10⁻⁵.
 */
export const told: Rolling = {
  id: 'told',
  table: 'mentions',
  along: coarse,
  counted: ({ key, day }, scope) => sql`
    SELECT k, d, ${facetItem('aspect', sql`v`)} AS i, counted, up, toUInt64(0) AS down
    FROM (
      SELECT ${key} AS k, ${day} AS d, aspect AS v, uniqExactIf(cityHash64(voice_id), polarity != 'positive') AS counted,
        uniqExactIf(cityHash64(voice_id), polarity = 'positive') AS up
      FROM mentions WHERE ${rowsOf(scope)} AND polarity != 'negative' GROUP BY k, d, v
    )
    UNION ALL
    SELECT k, d, ${facetItem('scene', sql`v`)} AS i, counted, toUInt64(0) AS up, down
    FROM (
      SELECT ${key} AS k, ${day} AS d, scene AS v, uniqExact(cityHash64(voice_id)) AS counted,
        uniqExactIf(cityHash64(voice_id), polarity = 'negative') AS down
      FROM mentions WHERE ${rowsOf(scope)} AND scene != '' GROUP BY k, d, v
    )`,
}

/** The voices of a choice, by the hash of their ids: the ids of millions of voices would fill the engine's memory. */
export const mentionsOfVoices = (days: Sql, voices: Sql): Scope => ({
  days,
  filter: sql`cityHash64(voice_id) GLOBAL IN (SELECT cityHash64(id) FROM voices WHERE ${voices})`,
})

const [NEITHER, PRAISE, BLAME] = ['0', '+', '-'] as const
/** What a mention adds to what its voice tells: how, and of which item. */
const tellings = sql`arrayFilter(one -> one != '', [
  if(polarity = 'negative', '', concat(if(polarity = 'positive', ${PRAISE}, ${NEITHER}), ${facetItem('aspect', sql`aspect`)})),
  if(scene = '', '', concat(${NEITHER}, ${facetItem('scene', sql`scene`)})),
  if(scene = '' OR polarity != 'negative', '', concat(${BLAME}, ${facetItem('scene', sql`scene`)}))])`
const toldAs = (how: string): Sql => sql`countIf(substring(telling, 1, 1) = ${how})`

/**
 * The same of customers' voices of a choice, which only the voice knows: where rows are counted, by their ids. (No alias has the name of a
 * lambda's argument within one SELECT: ClickHouse 18.16 takes the one for the other.)
 */
export const toldOf: Rolling = {
  id: 'told_of',
  table: 'voices',
  along: furtherFacets,
  heavy: true,
  counted: (grouping, scope) =>
    told.counted(grouping, mentionsOfVoices(scope.days, sql`${rowsOf(scope)} AND ${spoken}`)),
  added: ({ key, day }, scope) => sql`
    SELECT k, d, substring(telling, 2) AS i, ${toldAs(NEITHER)} AS counted, ${toldAs(PRAISE)} AS up, ${toldAs(BLAME)} AS down
    FROM (
      SELECT ${key} AS k, ${day} AS d, arrayJoin(arrayDistinct(tellings)) AS telling
      FROM (SELECT day, id, ${join(furtherColumns)} FROM voices WHERE ${rowsOf(scope)} AND ${spoken}) AS spoken_voices
      GLOBAL ANY INNER JOIN (
        SELECT day, voice_id AS id, groupArrayArray(${tellings}) AS tellings FROM mentions WHERE ${scope.days} GROUP BY day, id
      ) AS their_mentions USING (day, id)
    )
    GROUP BY k, d, i`,
}

/**
 * What an indicator counts, where that does not depend on when it is asked. (An order that can still come back is counted tomorrow: return
 * rates are always counted from the orders themselves.)
 */
function rollingOf(id: string, counting: Counting, item: Sql = none): Rolling | null {
  if (counting.table === 'orders' || counting.cases || (counting.value && !counting.parts)) return null
  const compiled = [0, 1].map((asOf) => {
    const asking = { asOf, returnWindowDays: asOf + 1 }
    return [
      sql`(${counting.rows(asking)})`,
      counting.plus?.(asking) ?? sql`0`,
      counting.minus?.(asking) ?? sql`0`,
      counting.value?.(asking) ?? sql`0`,
    ] as const
  })
  const [[rows, plus, minus, value], other] = compiled as [Compiled, Compiled]
  if ([rows, plus, minus, value].some((part, place) => part.text !== other[place]!.text)) return null
  if (counting.parts) return summing({ id, table: counting.table, rows, value: sql`${value} * ${counting.parts}` })
  const simple = { id, table: counting.table, rows, item, plus, minus }
  return counting.daily ? daily(simple, counting.daily) : simply(simple)
}

type Compiled = readonly [rows: Sql, plus: Sql, minus: Sql, value: Sql]

function fromIndicators(): Rolling[] {
  return (indicators as readonly Indicator[])
    .flatMap(({ id, counting, byMention }) => [
      rollingOf(id, counting),
      byMention ? rollingOf(`${id}.aspect`, byMention, sql`aspect`) : null,
      byMention ? rollingOf(`${id}.scene`, byMention, sql`scene`) : null,
    ])
    .filter((one) => one !== null)
}

/** Everything that is added up. */
export const rollings: readonly Rolling[] = [
  ...[...fromIndicators(), said, flow, divided, told, toldOf],
  ...[walked, seen, held, answered, contacted, sentBack, waited],
]

const everything = { days: sql`1`, filter: sql`1` }

/** Changes with what is added up, so that sums of an older release are not taken for those of this one. */
export const rollingVersion: string = createHash('sha256')
  .update(
    JSON.stringify([
      rollings.map((one) => [
        one.id,
        one.along,
        (one.added ?? one.counted)({ key: none, day: none, itemised: true }, everything).text,
      ]),
      rolledDimensions,
    ]),
  )
  .digest('base64url')
  .slice(0, 12)

const byId: ReadonlyMap<string, Rolling> = new Map(rollings.map((one) => [one.id, one]))

/** The day sums of a built-in indicator's counting; null where there are none, as for an order's, or one that a tenant made. */
export function rollingFor(id: string, counting: Counting, by: string): Rolling | null {
  const rolling = byId.get(by === 'aspect' || by === 'scene' ? `${id}.${by}` : id)
  return rolling && counting.table === rolling.table ? rolling : null
}
