import type { Segmentation } from '../../core/alert-rule.ts'
import { FEW } from '../../core/estimate.ts'
import type { Promotion } from '../../core/promotions.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { type Group, groupsOf, watchedOf } from './alarm.ts'
import { openJudge, type Verdict } from './judge.ts'
import { FALSE_ALARMS_A_WEEK, freshLedger, holdRounds, type Ledger, type Segment, type Waiting } from './rounds.ts'
import { DAY_MS, type Rule, stepMsOf } from './rule.ts'
import { askSeries, askTotals, type Counts, type SeriesQuestion, stepStart } from './series.ts'
import { type FindWatch, findWatch, type Watch } from './watch.ts'

export interface WatchPeriod {
  tenant: TenantId
  zone: string
  /** The tenant's promotion calendar; the usual one where it is not said. */
  promotions?: readonly Promotion[]
  /** What a rule can watch; what every tenant has where it is not said. */
  find?: FindWatch
  offsetMs: number
  /** First and last record of the tenant. */
  extent: { from: number; to: number }
  now: number
}

export interface Round {
  /** What has one cause, one group. */
  groups: Group[]
  /** Series that were judged. */
  series: number
  /** False alarms that may be expected of them in a week. */
  falseAlarmsAWeek: number
  /** Weeks in which learnt series could be judged, over all of them. */
  judgedWeeks: number
  /** Series whose past has changed since the round before. */
  remade: { ruleId: string; by: Segmentation | null; segment: string }[]
  /** Everything before this moment has been judged. */
  until: number
}

/** How much of the past a series is learnt from, at least; the beginning moves on every four weeks. */
const HISTORY_MS: Readonly<Record<Rule['step'], number>> = {
  minutes: 28 * DAY_MS,
  hour: 56 * DAY_MS,
  day: 728 * DAY_MS,
}
const ERA_MS = 28 * DAY_MS
/** Records of a step may come so much later than its end. */
const GRACE_MS = 5 * 60_000
/** More segments than these are not watched by one rule: the largest are. */
const MOST_SERIES = 10_000

interface Book {
  signature: string
  from: number
  upTo: number
  segments: Map<string, Segment>
  /** Segments that the last round made anew. */
  remade: string[]
}

interface Task {
  rule: Rule
  watch: Watch
  by: Segmentation | null
  question: SeriesQuestion
}

/**
 * Judges all series of a tenant's rules. What it knows of a series is a function of the rows alone: it is kept in memory, goes on where
 * it stopped, and is made anew for every segment whose past has changed since (rows that came late, or were taken back).
 */
export function createWatcher(analytics: Analytics) {
  const books = new Map<string, Book>()
  const ledgers = new Map<string, Ledger>()
  let running: Promise<unknown> = Promise.resolve()

  /** All rules in one round: the budget is one over all of their series. One round at a time. */
  function judge(rules: readonly Rule[], period: WatchPeriod, stopped?: AbortSignal): Promise<Round> {
    const round = running.then(() =>
      judgeNow(rules, period, stopped).catch((error: unknown) => {
        // Half a round is none: what is known is made anew.
        forget(period.tenant)
        throw error
      }),
    )
    running = round.catch(() => {})
    return round
  }

  async function judgeNow(rules: readonly Rule[], period: WatchPeriod, stopped?: AbortSignal): Promise<Round> {
    const opened: { rule: Rule; by: Segmentation | null; book: Book; waiting: Waiting[] }[] = []
    for (const rule of rules) {
      const watch = watchOf(rule, period)
      if (!watch) continue
      for (const by of [...(rule.whole ? [null] : []), ...rule.by]) {
        stopped?.throwIfAborted()
        opened.push(await open({ rule, watch, by }, period))
      }
    }
    const segments = opened.flatMap(({ book }) => [...book.segments.values()])
    const learnt = segments.filter(({ rule }) => rule.judge.kind === 'learnt')
    const stakes = learnt.reduce((sum, one) => sum + stakesOf(one), 0)
    for (const stepMs of new Set(rules.map(stepMsOf))) {
      const waiting = opened.flatMap((one) => (stepMsOf(one.rule) === stepMs ? one.waiting : []))
      if (waiting.length > 0)
        await holdRounds(waiting, {
          stepMs,
          ledger: ledgerOf(period.tenant, stepMs),
          weightOf: (one) => (stakesOf(one) * learnt.length) / stakes,
          stopped,
        })
    }
    return {
      groups: groupsOf(
        segments.flatMap((one) => one.alarms),
        segments.map((one) => watchedOf(one, one.by, one.key)),
        segments,
      ),
      series: segments.length,
      falseAlarmsAWeek: (FALSE_ALARMS_A_WEEK * learnt.length) / 100,
      judgedWeeks: learnt.reduce((sum, one) => sum + (one.judged * stepMsOf(one.rule)) / (7 * DAY_MS), 0),
      remade: opened.flatMap(({ rule, by, book }) => book.remade.map((segment) => ({ ruleId: rule.id, by, segment }))),
      until: rules.reduce((latest, rule) => Math.max(latest, completeUntil(period, stepMsOf(rule))), 0),
    }
  }

  function ledgerOf(tenant: TenantId, stepMs: number): Ledger {
    const id = `${tenant} ${stepMs}`
    const ledger = ledgers.get(id) ?? freshLedger()
    ledgers.set(id, ledger)
    return ledger
  }

  /** The series of a rule along one dimension, and their steps that wait to be judged. */
  async function open({ rule, watch, by }: Omit<Task, 'question'>, period: WatchPeriod) {
    const until = completeUntil(period, stepMsOf(rule))
    const from = beginning(rule, period)
    const id = `${period.tenant} ${rule.id} ${by}`
    const { offsetMs, promotions } = period
    const signature = JSON.stringify([
      rule.watch,
      watch.revision,
      by,
      rule.where,
      rule.step,
      rule.judge,
      from,
      offsetMs,
      promotions,
    ])
    const known = books.get(id)
    const question = { tenant: period.tenant, watch, by, where: rule.where, ...stepsOf(rule, period), from, to: until }
    const task: Task = { rule, watch, by, question }
    const book: Book =
      known?.signature === signature && known.upTo <= until
        ? known
        : { signature, from, upTo: from, segments: new Map(), remade: [] }
    book.remade = book.upTo > from ? await changedIn(task, book) : []
    for (const key of book.remade) book.segments.delete(key)
    const counts = await askSeries(analytics, { ...question, from: book.upTo })
    const waiting = [...book.segments].map(([key, segment]): Waiting => {
      // What a rule demands, who owns it and when it is told may have changed.
      segment.rule = rule
      return { segment, counts: counts.get(key), from: book.upTo, until }
    })
    const fresh = [...new Set([...book.remade, ...largest(counts, book)])]
    const whole =
      book.upTo === from || fresh.length === 0 ? counts : await askSeries(analytics, { ...question, keys: fresh })
    for (const key of fresh) waiting.push(...begin(task, book, key, whole.get(key), until, period))
    book.upTo = until
    books.set(id, book)
    return { rule, by, book, waiting }
  }

  /** Segments whose past is not what was judged. */
  async function changedIn({ rule, question }: Task, book: Book): Promise<string[]> {
    const totals = await askTotals(analytics, { ...question, to: book.upTo })
    const changed = [...book.segments.keys()].filter((key) => {
      const [was, is] = [book.segments.get(key)!.totals, totals.get(key)]
      return was.n !== is?.n || was.plus !== is.plus
    })
    // Rows of the past may come of segments that were not there, or too small.
    for (const [key, { n }] of totals)
      if (!book.segments.has(key) && n >= leastRows(rule) && book.segments.size + changed.length < MOST_SERIES)
        changed.push(key)
    return changed
  }

  /** A segment that nothing is known of; none where it has too few rows. */
  function begin(
    { rule, watch, by }: Task,
    book: Book,
    key: string,
    counts: Counts | undefined,
    until: number,
    { zone, promotions }: WatchPeriod,
  ): Waiting[] {
    if (!counts || sum(counts.n) < leastRows(rule)) return []
    const segment: Segment = {
      ...{ rule, watch, by, key, memory: null, judged: 0, alarms: [] },
      judge: openJudge({ rule, watch, zone, promotions }),
      totals: { n: 0, plus: 0 },
    }
    book.segments.set(key, segment)
    return [{ segment, counts, from: counts.at[0]!, until }]
  }

  /** One series with all its judgements, for a chart. */
  async function seriesOf(
    rule: Rule,
    by: Segmentation | null,
    segment: string,
    period: WatchPeriod,
    from: number,
  ): Promise<Verdict[]> {
    const watch = watchOf(rule, period)
    if (!watch) return []
    const until = completeUntil(period, stepMsOf(rule))
    const question = { tenant: period.tenant, watch, by, where: rule.where, ...stepsOf(rule, period), to: until }
    const keys = by === null ? undefined : [segment]
    const counts = (await askSeries(analytics, { ...question, from: beginning(rule, period), keys })).get(segment)
    if (!counts) return []
    const judge = openJudge({ rule, watch, zone: period.zone, promotions: period.promotions })
    const verdicts: Verdict[] = []
    let place = 0
    for (let at = counts.at[0]!; at < until; at += question.stepMs) {
      const here = counts.at[place] === at
      const verdict = judge.step(at, here ? counts.n[place]! : 0, here ? counts.plus[place]! : 0)
      if (here) place++
      if (at >= from) verdicts.push(verdict)
    }
    return verdicts
  }

  /** Forgets what is known of a tenant: it is made anew when it is asked for. */
  function forget(tenant: TenantId): void {
    for (const kept of [books, ledgers]) for (const id of kept.keys()) if (id.startsWith(`${tenant} `)) kept.delete(id)
  }

  return { judge, seriesOf }
}

export type Watcher = ReturnType<typeof createWatcher>

const watchOf = ({ watch }: Rule, { find = findWatch }: WatchPeriod): Watch | undefined => find(watch)

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

const stakesOf = ({ watch, by }: Segment): number => (by === null ? (watch.stakes ?? 1) : 1)

/** From so few rows nothing is learnt. */
const leastRows = (rule: Rule): number => (rule.judge.kind === 'learnt' ? FEW : 1)

const stepsOf = (rule: Rule, { offsetMs }: WatchPeriod) => ({ stepMs: stepMsOf(rule), offsetMs })

/** Steps are whole once the clock has passed them; after the last record nothing is known. */
function completeUntil({ now, extent, offsetMs }: WatchPeriod, stepMs: number): number {
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
