import type { Segmentation } from '../../core/alert-rule.ts'
import { FEW } from '../../core/estimate.ts'
import type { Promotion } from '../../core/promotions.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { gapOf } from './group.ts'
import { isAlarm, type Judge, openJudge, type Verdict } from './judge.ts'
import { DAY_MS, type Rule, stepMsOf } from './rule.ts'
import { askSeries, askTotals, type Counts, type SeriesQuestion, stepStart, type Totals } from './series.ts'
import { findWatch, type Watch } from './watch.ts'

/** A step of a series that calls for somebody. */
export interface Alarm {
  ruleId: string
  by: Segmentation | null
  segment: string
  verdict: Verdict
  /** The moment in the data's own time at which it could be told: the end of the step. */
  foundAt: number
  /** Carries on an alarm before it: too little for one of its own. */
  continuing: boolean
}

export interface WatchPeriod {
  tenant: TenantId
  zone: string
  /** The tenant's promotion calendar; the usual one where it is not said. */
  promotions?: readonly Promotion[]
  offsetMs: number
  /** First and last record of the tenant. */
  extent: { from: number; to: number }
  now: number
}

export interface Round {
  alarms: Alarm[]
  /** Series that were judged. */
  series: number
  /** Series whose past has changed since the round before. */
  remade: { by: Segmentation | null; segment: string }[]
  /** Everything before this moment has been judged. */
  until: number
}

/** Steps of the past from which a series is learnt, at least; the beginning moves on every four weeks. */
const HISTORY_MS = { hour: 56 * DAY_MS, day: 728 * DAY_MS }
const ERA_MS = 28 * DAY_MS
/** Records of a step may come so much later than its end. */
const GRACE_MS = 5 * 60_000
/** More segments than these are not watched by one rule: the largest are. */
export const MOST_SERIES = 10_000
/** Judgements beyond this are kept, whether or not they are alarms: one in a hundred carries an alarm on. */
const CONTINUES = 0.01

interface Segment {
  judge: Judge
  totals: Totals
  /** Judgements that are alarms or could carry one on, in order of time. */
  candidates: Verdict[]
}

interface Book {
  signature: string
  from: number
  upTo: number
  segments: Map<string, Segment>
  /** Segments that the last round made anew. */
  remade: string[]
}

/**
 * Judges all series of a tenant's rules. What it knows of a series is a function of the rows alone: it is kept in memory, goes on where
 * it stopped, and is made anew for every segment whose past has changed since (rows that came late, or were taken back).
 */
export function createWatcher(analytics: Analytics) {
  const books = new Map<string, Book>()

  async function judgeRule(rule: Rule, period: WatchPeriod, falseAlarmsPerWeek: number): Promise<Round> {
    const watch = findWatch(rule.watch)
    if (!watch) return { alarms: [], series: 0, remade: [], until: 0 }
    const dimensions = [...(rule.whole ? [null] : []), ...rule.by]
    const until = completeUntil(period, stepMsOf(rule))
    const opened: { by: Segmentation | null; book: Book }[] = []
    for (const by of dimensions) opened.push({ by, book: await bookOf(rule, watch, by, period, until) })
    const series = opened.reduce((sum, { book }) => sum + book.segments.size, 0)
    const stepsPerWeek = (7 * DAY_MS) / stepMsOf(rule)
    const alarms: Alarm[] = []
    for (const { by, book } of opened) {
      // Each dimension has its part of what the rule may err, so that many small segments do not deafen it for the whole.
      const alpha = falseAlarmsPerWeek / (dimensions.length * Math.max(1, book.segments.size) * stepsPerWeek)
      for (const [segment, { candidates }] of book.segments)
        alarms.push(...alarmsOf(rule, by, segment, candidates, alpha))
    }
    const remade = opened.flatMap(({ by, book }) => book.remade.map((segment) => ({ by, segment })))
    return { alarms, series, remade, until }
  }

  async function bookOf(
    rule: Rule,
    watch: Watch,
    by: Segmentation | null,
    period: WatchPeriod,
    until: number,
  ): Promise<Book> {
    const from = beginning(rule, period)
    const id = `${period.tenant} ${rule.id} ${by}`
    const { offsetMs, promotions } = period
    const signature = JSON.stringify([rule.watch, by, rule.where, rule.step, rule.judge, from, offsetMs, promotions])
    const known = books.get(id)
    const question = { tenant: period.tenant, watch, by, where: rule.where, ...stepsOf(rule, period), from, to: until }
    const book: Book =
      known?.signature === signature && known.upTo <= until
        ? known
        : { signature, from, upTo: from, segments: new Map(), remade: [] }
    book.remade = []
    if (book.upTo > from) await mend(rule, question, book, period)
    const counts = await askSeries(analytics, { ...question, from: book.upTo })
    for (const [key, segment] of book.segments) goOn(segment, counts.get(key), book.upTo, until, question.stepMs)
    const fresh = largest(counts, book)
    const whole =
      book.upTo === from || fresh.length === 0 ? counts : await askSeries(analytics, { ...question, keys: fresh })
    for (const key of fresh) judgeAll(rule, question, book, key, whole.get(key)!, until, period)
    book.upTo = until
    books.set(id, book)
    return book
  }

  /** Makes anew every segment whose past is not what was judged. */
  async function mend(rule: Rule, question: SeriesQuestion, book: Book, period: WatchPeriod): Promise<void> {
    const totals = await askTotals(analytics, { ...question, to: book.upTo })
    const changed = [...book.segments.keys()].filter((key) => {
      const [was, is] = [book.segments.get(key)!.totals, totals.get(key)]
      return was.n !== is?.n || was.plus !== is.plus
    })
    // Rows of the past may come of segments that were not there, or too small.
    for (const [key, { n }] of totals)
      if (!book.segments.has(key) && n >= leastRows(rule) && book.segments.size + changed.length < MOST_SERIES)
        changed.push(key)
    book.remade = changed
    if (changed.length === 0) return
    const counts = await askSeries(analytics, { ...question, to: book.upTo, keys: changed })
    for (const key of changed) {
      book.segments.delete(key)
      const one = counts.get(key)
      if (one) judgeAll(rule, question, book, key, one, book.upTo, period)
    }
  }

  function judgeAll(
    rule: Rule,
    { watch, stepMs }: SeriesQuestion,
    book: Book,
    key: string,
    counts: Counts,
    until: number,
    { zone, promotions }: WatchPeriod,
  ): void {
    if (sum(counts.n) < leastRows(rule)) return
    const segment: Segment = {
      judge: openJudge({ rule, watch, zone, promotions }),
      totals: { n: 0, plus: 0 },
      candidates: [],
    }
    goOn(segment, counts, counts.at[0]!, until, stepMs)
    book.segments.set(key, segment)
  }

  /** One series with all its judgements, for a chart. */
  async function seriesOf(
    rule: Rule,
    by: Segmentation | null,
    segment: string,
    period: WatchPeriod,
    from: number,
  ): Promise<Verdict[]> {
    const watch = findWatch(rule.watch)
    if (!watch) return []
    const until = completeUntil(period, stepMsOf(rule))
    const question = { tenant: period.tenant, watch, by, where: rule.where, ...stepsOf(rule, period), to: until }
    const keys = by === null ? undefined : [segment]
    const counts = (await askSeries(analytics, { ...question, from: beginning(rule, period), keys })).get(segment)
    if (!counts) return []
    const judge = openJudge({ rule, watch, zone: period.zone, promotions: period.promotions })
    const verdicts: Verdict[] = []
    walk(counts, counts.at[0]!, until, question.stepMs, (at, n, plus) => {
      const verdict = judge.step(at, n, plus)
      if (at >= from) verdicts.push(verdict)
    })
    return verdicts
  }

  /** Forgets what is known of a tenant: it is made anew when it is asked for. */
  function forget(tenant: TenantId): void {
    for (const id of books.keys()) if (id.startsWith(`${tenant} `)) books.delete(id)
  }

  return { judgeRule, seriesOf, forget }
}

export type Watcher = ReturnType<typeof createWatcher>

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

/** From so few rows nothing is learnt. */
const leastRows = (rule: Rule): number => (rule.judge.kind === 'learnt' ? FEW : 1)

const stepsOf = (rule: Rule, { offsetMs }: WatchPeriod) => ({ stepMs: stepMsOf(rule), offsetMs })

/** Steps are whole once the clock has passed them; after the last record nothing is known. */
export function completeUntil({ now, extent, offsetMs }: WatchPeriod, stepMs: number): number {
  return stepStart(Math.min(now - GRACE_MS, extent.to + stepMs), stepMs, offsetMs)
}

function beginning(rule: Rule, { extent, offsetMs }: WatchPeriod): number {
  const oldest = Math.floor((extent.to - HISTORY_MS[rule.step]) / ERA_MS) * ERA_MS
  return stepStart(Math.max(extent.from, oldest), stepMsOf(rule), offsetMs)
}

/** Segments that are not judged yet, the largest first, as many as one rule may watch beside the others. */
function largest(counts: ReadonlyMap<string, Counts>, book: Book): string[] {
  const fresh = [...counts.keys()].filter((key) => !book.segments.has(key))
  const size = new Map(fresh.map((key) => [key, sum(counts.get(key)!.n)]))
  fresh.sort((one, other) => size.get(other)! - size.get(one)!)
  return fresh.slice(0, MOST_SERIES - book.segments.size)
}

function goOn(segment: Segment, counts: Counts | undefined, from: number, until: number, stepMs: number): void {
  walk(counts, from, until, stepMs, (at, n, plus) => {
    segment.totals.n += n
    segment.totals.plus += plus
    const verdict = segment.judge.step(at, n, plus)
    if (verdict.p === null ? verdict.direction !== null : verdict.p <= CONTINUES) segment.candidates.push(verdict)
  })
}

/** Every step from `from` to `until`, those without rows as nought. */
function walk(
  counts: Counts | undefined,
  from: number,
  until: number,
  stepMs: number,
  each: (at: number, n: number, plus: number) => void,
): void {
  let place = 0
  for (let at = from; at < until; at += stepMs) {
    const here = counts?.at[place] === at
    each(at, here ? counts!.n[place]! : 0, here ? counts!.plus[place]! : 0)
    if (here) place++
  }
}

function alarmsOf(
  rule: Rule,
  by: Segmentation | null,
  segment: string,
  candidates: readonly Verdict[],
  alpha: number,
): Alarm[] {
  const alarms: Alarm[] = []
  for (const verdict of candidates) {
    const last = alarms.at(-1)?.verdict
    const strong = isAlarm(rule, verdict, alpha)
    const near = last !== undefined && verdict.at - last.at <= gapOf(rule) && verdict.direction === last.direction
    if (!strong && !(near && isAlarm(rule, verdict, CONTINUES))) continue
    alarms.push({ ruleId: rule.id, by, segment, verdict, foundAt: verdict.at + stepMsOf(rule), continuing: !strong })
  }
  return alarms
}
