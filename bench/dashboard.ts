/**
 * How fast the dashboards' questions answer over ten million mentions and ten million events (five million voices, half a million
 * orders of 180 days), for the last 28 and the last 90 days, beside DuckDB asked the same of the same rows in the same run. The rows are
 * made up and marked so. `--growth 1` asks over a tenth of the rows as well and prints how the times grow.
 *
 *   npm ci --prefix bench/duckdb      # once, for the comparison
 *   UV_THREADPOOL_SIZE=16 node bench/dashboard.ts [--mentions 10000000] [--times 20] [--growth 1] [--data DIR]
 *
 * `--data DIR` keeps the rows there for another run (three minutes to make).
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { addDays } from '../src/core/clock.ts'
import { tenantId } from '../src/core/tenant.ts'
import { rollUp } from '../src/measure/rollups/build.ts'
import type { Analytics } from '../src/store/clickhouse/analytics.ts'
import { trusted } from '../src/store/clickhouse/sql.ts'
import { openStores } from '../src/store/open.ts'
import { type Asked, questions } from './dashboard-questions.ts'
import { openDuck } from './duckdb/duck.ts'
import { fillMadeUp } from './made-up.ts'
import { count, machine, numberOption, quantile, scratch, textOption, timed } from './rig.ts'

const tenant = tenantId.parse('bench')
const mentions = numberOption('mentions', 10_000_000)
const times = numberOption('times', 20)
const kept = textOption('data')
const LAST = '2026-06-29'
const DAYS = 180
const tables = ['voices', 'mentions', 'events', 'orders'] as const

interface Measured {
  name: string
  days: number
  median: number
  p95: number
  /** The same once the days have been added up. */
  rolled: { median: number; p95: number } | null
  duck: number | null
}

const full = await measureAt(mentions)
report(full)
if (numberOption('growth', 0)) {
  const tenth = await measureAt(mentions / 10)
  console.log(`  growth from ${count(mentions / 10)} to ${count(mentions)} mentions (10 would be linear)`)
  for (const [place, one] of full.entries())
    console.log(`  ${one.name.padEnd(40)} ${one.days} days  ${(one.median / tenth[place]!.median).toFixed(1)} ×`)
}
console.log(machine())
process.exit(0)

async function measureAt(size: number): Promise<Measured[]> {
  const folder = kept ? path.join(kept, String(size)) : scratch('dashboard')
  const isFilled = existsSync(path.join(folder, 'filled'))
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const opened = await openStores({ dataDir: path.join(folder, 'data') })
  if (!opened.ok) throw new Error(opened.problem.message)
  const { analytics, close } = opened.value
  console.log(
    `dashboard: ${count(size)} mentions and events, ${count(size / 2)} voices, ${count(size / 20)} orders, made up`,
  )
  if (!isFilled) await fill(analytics, folder, size)
  const duck = await openDuck(path.join(folder, 'duck.db'), isFilled ? [] : tables, folder)
  if (!duck) console.log('  DuckDB is not installed (npm ci --prefix bench/duckdb): no comparison')
  writeFileSync(path.join(folder, 'filled'), '')

  const measured: Measured[] = []
  for (const days of [28, 90]) {
    const asked: Asked = { stores: opened.value, tenant, from: addDays(LAST, 1 - days), to: LAST }
    for (const question of questions) {
      const ours = await repeated(() => question.ask(asked))
      const theirs = duck && question.duck ? await repeated(() => duck.query(question.duck!(asked))) : null
      if (theirs && question.agree && !question.agree(ours.answer, theirs.answer as Record<string, unknown>[]))
        throw new Error(`${question.name}: the two engines disagree`)
      measured.push({ name: question.name, days, ...ours, rolled: null, duck: theirs?.median ?? null })
    }
  }
  const rolling = await timed(() => rollUp(analytics, tenant, Date.now()))
  console.log(`  ${rolling.value} days of three tables added up in ${(rolling.ms / 1000).toFixed(0)} s`)
  for (const one of measured) {
    const asked: Asked = { stores: opened.value, tenant, from: addDays(LAST, 1 - one.days), to: LAST }
    one.rolled = await repeated(() => questions.find(({ name }) => name === one.name)!.ask(asked))
  }
  await analytics.command(trusted("ALTER TABLE tallies DELETE WHERE tenant = 'bench'"))
  await analytics.command(trusted("ALTER TABLE day_builds DELETE WHERE tenant = 'bench'"))
  duck?.close()
  await close()
  return measured
}

/** The rows, and a copy of each table for DuckDB: a month a file, since the engine holds a file's columns in memory. */
async function fill(analytics: Analytics, folder: string, size: number): Promise<void> {
  const made = { tenant, mentions: size, events: size, days: DAYS, last: LAST }
  const { ms } = await timed(() => fillMadeUp(analytics, made))
  console.log(`  filled in ${(ms / 1000).toFixed(0)} s; ClickHouse ${analytics.version()}; ${machine()}`)
  for (const table of tables) {
    const day = table === 'orders' ? 'ordered_day' : 'day'
    for (let from = 0; from < DAYS; from += 30) {
      const [first, last] = [addDays(LAST, 1 - DAYS + from), addDays(LAST, 30 - DAYS + from)]
      await analytics.command(
        trusted(
          `SELECT * FROM ${table} WHERE ${day} BETWEEN '${first}' AND '${last}'
          INTO OUTFILE '${path.join(folder, `${table}.${first}.parquet`)}' FORMAT Parquet SETTINGS max_threads = 1`,
        ),
        { maxSeconds: 600 },
      )
    }
  }
}

async function repeated<T>(ask: () => Promise<T>): Promise<{ median: number; p95: number; answer: T }> {
  const answer = await ask()
  const taken: number[] = []
  for (let time = 0; time < times; time++) taken.push((await timed(ask)).ms)
  return { median: quantile(taken, 0.5), p95: quantile(taken, 0.95), answer }
}

function report(measured: readonly Measured[]): void {
  const ms = (value: number) => `${value.toFixed(1).padStart(7)} ms`
  for (const { name, days, median, p95, rolled, duck } of measured)
    console.log(
      `  ${name.padEnd(46)} ${String(days).padStart(2)} days  rows: median ${ms(median)}  p95 ${ms(p95)}  sums: median ${ms(rolled!.median)}  p95 ${ms(rolled!.p95)}` +
        (duck === null
          ? ''
          : `  DuckDB ${ms(duck)}  rows/DuckDB ${(median / duck).toFixed(2)}  sums/DuckDB ${(rolled!.median / duck).toFixed(2)}`),
    )
}
