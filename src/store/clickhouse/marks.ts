import { randomInt } from 'node:crypto'
import type { Analytics, Tabbed, Written } from './analytics.ts'
import { day, type Sql, sql } from './sql.ts'

/**
 * Which local days of which table have changed since they were added up (`day_builds`). A writer marks its days before and after it
 * writes, so that whoever has counted the rows in between knows that it has not counted all. Marks only ever add up: two processes,
 * a repeated insert and a merge cannot lose one. A writer that dies leaves its days open, and they are read row by row until
 * `closeMarks` at the next start.
 */
export const markedTables = ['voices', 'mentions', 'events'] as const
export type MarkedTable = (typeof markedTables)[number]

const isMarked = (table: string): table is MarkedTable => (markedTables as readonly string[]).includes(table)

/** The day under which a mark on all days is kept, and the build after which all days had been added up. */
export const EVERY_DAY = '1970-01-01'
/** How ClickHouse 18.16 writes it. */
const NO_DAY = '0000-00-00'

/** Does the work with the days marked as being written. */
export async function whileWriting<T>(
  analytics: Pick<Analytics, 'insert'>,
  tables: readonly MarkedTable[],
  written: Written,
  work: () => Promise<T>,
): Promise<T> {
  return whileMarked(analytics, new Map(tables.map((table) => [table, written])), work)
}

async function whileMarked<T>(
  analytics: Pick<Analytics, 'insert'>,
  written: ReadonlyMap<MarkedTable, Written>,
  work: () => Promise<T>,
): Promise<T> {
  await insertMarks(analytics, written, 1)
  try {
    return await work()
  } finally {
    await insertMarks(analytics, written, -1)
  }
}

async function insertMarks(
  analytics: Pick<Analytics, 'insert'>,
  written: ReadonlyMap<MarkedTable, Written>,
  open: 1 | -1,
): Promise<void> {
  const rows = [...written].flatMap(([source, byTenant]) =>
    [...byTenant].flatMap(([tenant, days]) =>
      // The nonce keeps a replicated table from taking two equal marks for one.
      [...(days === 'all' ? [EVERY_DAY] : days)].map((each) => ({
        tenant,
        source,
        day: each,
        touches: 1,
        open,
        nonce: randomInt(2 ** 31),
      })),
    ),
  )
  await analytics.insert('day_marks', rows)
}

/** The days of rows that are about to be written, by tenant. */
export function daysOf(rows: readonly object[] | Tabbed): Written {
  if ('lines' in rows && rows.days) return rows.days
  const written = new Map<string, Set<string>>()
  const add = (tenant: string, local: string) => {
    const days = written.get(tenant) ?? new Set()
    written.set(tenant, days.add(local))
  }
  if ('lines' in rows) {
    const [tenantPlace, dayPlace] = [rows.columns.indexOf('tenant'), rows.columns.indexOf('day')]
    for (const line of rows.lines) {
      const cells = line.split('\t', Math.max(tenantPlace, dayPlace) + 1)
      add(cells[tenantPlace]!, cells[dayPlace]!)
    }
  } else for (const row of rows as readonly { tenant: string; day: string }[]) add(row.tenant, row.day)
  return written
}

/** Closes what writers that are no more have left open. For a process that has the store to itself. */
export async function closeMarks(analytics: Analytics): Promise<void> {
  const left = await analytics.query<{ tenant: string; source: string; day: string; still: number }>(
    sql`SELECT tenant, source, day, sum(open) AS still FROM day_marks GROUP BY tenant, source, day HAVING still != 0`,
  )
  await analytics.insert(
    'day_marks',
    left.map(({ still, ...mark }) => ({ ...mark, touches: 1, open: -still, nonce: randomInt(2 ** 31) })),
  )
}

/**
 * What is known of a day: how often it was written, by how many writers at this moment, and what was added up of it last. `untouched`: nothing
 * was ever known of the day itself, neither by name nor by what was added up.
 */
export interface DayMark {
  day: string
  touches: number
  open: number
  build: number
  counted: number
  version: string
  untouched: boolean
}

/** What is known of a day of a table. */
export type Marks = (source: MarkedTable, local: string) => DayMark

/** Sums of voices also tell of their mentions: a day of voices has changed when either was written. */
const markedWith = (source: MarkedTable): readonly MarkedTable[] =>
  source === 'voices' ? ['voices', 'mentions'] : [source]

/** What is known of each day of a period in a tenant's tables; marks on all days are in each, a day without any has noughts. */
export async function readMarks(
  analytics: Pick<Analytics, 'query'>,
  { tenant, from, to }: { tenant: string; from: string; to: string },
  sources: readonly MarkedTable[] = markedTables,
): Promise<Marks> {
  const tables = [...new Set(sources.flatMap(markedWith))]
  const period: Sql = sql`(day = ${day(EVERY_DAY)} OR (day >= ${day(from)} AND day <= ${day(to)}))`
  const rows = await analytics.query<DayMark & { source: MarkedTable }>(sql`
    SELECT source, day, sum(t) AS touches, sum(o) AS open, max(b) AS build, argMax(c, b) AS counted, argMax(v, b) AS version
    FROM (
      SELECT source, day, touches AS t, open AS o, toUInt64(0) AS b, toInt64(0) AS c, '' AS v FROM day_marks
        WHERE tenant = ${tenant} AND source IN ${tables} AND ${period}
      UNION ALL
      SELECT source, day, toInt64(0) AS t, toInt64(0) AS o, build AS b, counted AS c, toString(version) AS v FROM day_builds
        WHERE tenant = ${tenant} AND source IN ${tables} AND ${period}
    )
    GROUP BY source, day`)
  const known = new Map(
    rows.map(({ source, ...mark }) => [`${source} ${mark.day === NO_DAY ? EVERY_DAY : mark.day}`, mark]),
  )
  const of = (source: MarkedTable, local: string) => known.get(`${source} ${local}`) ?? noMark
  return (source, local) => {
    const own = markedWith(source).map((table) => of(table, local))
    const every = local === EVERY_DAY ? [] : markedWith(source).map((table) => of(table, EVERY_DAY))
    const total = (what: 'touches' | 'open') => [...own, ...every].reduce((sum, mark) => sum + mark[what], 0)
    const untouched = own.every((mark) => mark === noMark)
    return { ...of(source, local), day: local, touches: total('touches'), open: total('open'), untouched }
  }
}

/** A day of which nothing is known. */
export const noMark: DayMark = { day: '', touches: 0, open: 0, build: 0, counted: 0, version: '', untouched: true }

/** Whether what was added up of a day is still all there is. */
export const isClean = (mark: DayMark, version: string): boolean =>
  mark.build > 0 && mark.open === 0 && mark.counted === mark.touches && mark.version === version

/** Whether a day has no rows: nothing is known of it, and all days that had any were added up once. */
export const isEmpty = (marks: Marks, source: MarkedTable, local: string, version: string): boolean =>
  marks(source, local).untouched && isClean(marks(source, EVERY_DAY), version)

type Rows = readonly object[] | Tabbed
const hasNone = (rows: Rows): boolean => ('lines' in rows ? rows.lines : rows).length === 0

/** What lies below an engine that marks. */
const unmarked = new WeakMap<Analytics, Analytics>()

/** Wraps an engine so that every insert into a marked table marks its days. */
export function marking(analytics: Analytics): Analytics {
  const marked: Analytics = {
    ...analytics,
    insert: (table, rows) => insertTogether(marked, [[table, rows]]),
  }
  unmarked.set(marked, analytics)
  return marked
}

/** Inserts into several tables, one after the other, with the days of all marked at once: two small inserts however many tables. */
export async function insertTogether(analytics: Analytics, parts: readonly (readonly [string, Rows])[]): Promise<void> {
  const below = unmarked.get(analytics)
  const written = new Map<MarkedTable, Written>()
  if (below) for (const [table, rows] of parts) if (isMarked(table) && !hasNone(rows)) written.set(table, daysOf(rows))
  const insert = async () => {
    for (const [table, rows] of parts) await (below ?? analytics).insert(table, rows)
  }
  await (written.size > 0 ? whileMarked(below!, written, insert) : insert())
}
