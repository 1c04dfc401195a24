/**
 * How fast the dashboards' questions answer over ten million mentions and ten million events (five million voices, half a million
 * orders of 180 days), for the last 28 and the last 90 days: from the rows, and from the day sums; beside DuckDB asked the same of the
 * same rows in the same run. The rows are made up and marked so. `--growth 1` asks over a tenth of the rows as well and prints how the
 * processor time grows, since that is the engine's own on a machine that others use too.
 *
 *   npm ci --prefix bench/duckdb      # once, for the comparison
 *   UV_THREADPOOL_SIZE=16 node bench/dashboard.ts [--mentions 10000000] [--times 20] [--growth 1] [--data DIR] [--only PATTERN]
 *
 * `--data DIR` keeps the rows and their sums there for another run (six minutes to make).
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { addDays } from '../src/core/clock.ts'
import { tenantId } from '../src/core/tenant.ts'
import { rollUp } from '../src/measure/rollups/build.ts'
import type { Analytics } from '../src/store/clickhouse/analytics.ts'
import { trusted } from '../src/store/clickhouse/sql.ts'
import { openStores } from '../src/store/open.ts'
import { type Asked, type Question, questions } from './dashboard-questions.ts'
import { type Duck, openDuck } from './duckdb/duck.ts'
import { fillMadeUp } from './made-up.ts'
import { count, machine, numberOption, quantile, scratch, textOption, timed } from './rig.ts'

const tenant = tenantId.parse('bench')
const mentions = numberOption('mentions', 10_000_000)
const times = numberOption('times', 20)
const kept = textOption('data')
const only = new RegExp(textOption('only') ?? '')
const LAST = '2026-06-29'
const DAYS = 180
const tables = ['voices', 'mentions', 'events', 'orders'] as const

/** Wall time of one question, and processor time of this process (in which both engines run), in milliseconds. */
interface Taken {
  median: number
  p95: number
  cpu: number
}

interface Measured {
  name: string
  days: number
  rows: Taken
  sums: Taken
  duck: Taken | null
}

const full = await measureAt(mentions)
if (numberOption('growth', 0)) {
  const tenth = await measureAt(mentions / 10)
  console.log(`  processor time from ${count(mentions / 10)} to ${count(mentions)} mentions (10 would be linear)`)
  for (const { name, days, rows, sums } of full) {
    const small = tenth.find((one) => one.name === name && one.days === days)
    if (!small) continue
    console.log(
      `  ${name.padEnd(46)} ${days} days  rows ${(rows.cpu / small.rows.cpu).toFixed(1)} ×  sums ${(sums.cpu / small.sums.cpu).toFixed(1)} ×`,
    )
  }
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

  const rolling = await timed(() => rollUp(analytics, tenant, Date.now()))
  console.log(`  ${rolling.value} days of three tables added up in ${(rolling.ms / 1000).toFixed(0)} s; ${machine()}`)
  const bare = { ...opened.value, analytics: rowsAlone(analytics) }
  const measured: Measured[] = []
  console.log('  milliseconds of wall time, and of processor time, which says more on a busy machine')
  for (const days of [28, 90]) {
    const asked: Asked = { stores: opened.value, tenant, from: addDays(LAST, 1 - days), to: LAST }
    for (const question of questions.filter(({ name }) => only.test(name))) {
      const one = await measureOne(question, asked, { ...asked, stores: bare }, duck).catch((error: Error) => {
        console.log(`  ${question.name}, ${days} days: ${error.message}`)
      })
      if (one) measured.push({ ...one, days })
      if (one) report({ ...one, days })
    }
    console.log(`  ${days} days asked; ${machine()}`)
  }
  duck?.close()
  await close()
  return measured
}

async function measureOne(question: Question, asked: Asked, bare: Asked, duck: Duck | null) {
  const { answer, ...rows } = await repeated(() => question.ask(bare))
  const { answer: same, ...sums } = await repeated(() => question.ask(asked))
  if (!isDeepStrictEqual(answer, same)) throw new Error('rows and sums differ')
  const theirs = duck && question.duck ? await repeated(() => duck.query(question.duck!(asked))) : null
  if (theirs && question.agree && !question.agree(answer, theirs.answer as Record<string, unknown>[]))
    throw new Error('the two engines disagree')
  return { name: question.name, rows, sums, duck: theirs }
}

/** The same engine as if no day had ever been added up. */
function rowsAlone(analytics: Analytics): Analytics {
  return {
    ...analytics,
    query: (question, options) =>
      question.text.includes('day_builds') ? Promise.resolve([]) : analytics.query(question, options),
  }
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

async function repeated<T>(ask: () => Promise<T>): Promise<Taken & { answer: T }> {
  const answer = await ask()
  const [walls, cpus]: [number[], number[]] = [[], []]
  for (let time = 0; time < times; time++) {
    const before = process.cpuUsage()
    walls.push((await timed(ask)).ms)
    const { user, system } = process.cpuUsage(before)
    cpus.push((user + system) / 1000)
  }
  return { median: quantile(walls, 0.5), p95: quantile(walls, 0.95), cpu: quantile(cpus, 0.5), answer }
}

function report({ name, days, rows, sums, duck }: Measured): void {
  const ms = (value: number) => value.toFixed(0).padStart(5)
  const told = ({ median, p95, cpu }: Taken) => `p50 ${ms(median)}  p95 ${ms(p95)}  cpu ${ms(cpu)}`
  const beside = duck
    ? ` | DuckDB p50 ${ms(duck.median)}  cpu ${ms(duck.cpu)}: rows ${(rows.cpu / duck.cpu).toFixed(2)} ×, sums ${(sums.cpu / duck.cpu).toFixed(2)} × its processor time`
    : ''
  console.log(
    `  ${name.padEnd(48)} ${String(days).padStart(2)} days | rows ${told(rows)} | sums ${told(sums)}${beside}`,
  )
}
