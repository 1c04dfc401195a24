/**
 * How fast reviews come in: a CSV through POST /api/v1/imports until every review is understood and a question about it answers right.
 * Bare in the same run: the same bytes through csv-parse alone, and each record as JSON appended to a file and synced a thousand at a time.
 *
 *   UV_THREADPOOL_SIZE=16 node bench/import.ts [--rounds 3] [--threads 1]
 */
import { closeSync, createReadStream, fsyncSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { readConfig } from '../src/app/config.ts'
import { type App, openApp } from '../src/app.ts'
import { MAIN } from '../src/core/tenant.ts'
import { createHttp, listen } from '../src/http/server.ts'
import { type Review, reviews } from './reviews.ts'
import { count, machine, median, numberOption, scratch, timed } from './rig.ts'

const rounds = numberOption('rounds', 3)
const threads = numberOption('threads', readConfig().readerThreads)
const folder = scratch('import')
const { of, reviews: rows } = reviews()
const file = path.join(folder, 'reviews.csv')
writeFileSync(file, csvOf(rows))

const opened = await openApp(
  { ...readConfig({}), dataDir: path.join(folder, 'data'), readerThreads: threads },
  () => {},
)
if (!opened.ok) throw new Error(opened.problem.message)
const app = opened.value
const listening = await listen(createHttp(app), '127.0.0.1', 0)
if (!listening.ok) throw new Error(listening.problem.message)
const { port } = listening.value.address() as AddressInfo

console.log(
  `import: ${count(rows.length)} reviews of ${of}, ${count(statSync(file).size / 1024)} KiB; ${threads} reader threads`,
)
console.log(machine())
const figures = { csv: [] as number[], synced: [] as number[], acknowledged: [] as number[], queryable: [] as number[] }
for (let round = 1; round <= rounds; round++) {
  figures.csv.push((await timed(parseOnly)).ms)
  figures.synced.push((await timed(() => parseAndSync(round))).ms)
  const { acknowledged, queryable } = await bringIn(app, `2026-01-${String(round).padStart(2, '0')}`)
  figures.acknowledged.push(acknowledged)
  figures.queryable.push(queryable)
  // What goes with what is compared in the background, after a pause; the next round begins when that is done.
  const compared = await timed(() => app.findings.settled())
  const also = `acknowledged at ${perSecond(acknowledged)}; findings compared ${(compared.ms / 1000).toFixed(1)} s later`
  console.log(`  round ${round}: ${perSecond(queryable)} reviews/s, ${also}`)
}
const [csv, synced, acknowledged, queryable] = Object.values(figures).map(median) as [number, number, number, number]
console.log(`median of ${rounds}`)
console.log(`  csv-parse alone                   ${perSecond(csv)} reviews/s`)
console.log(`  csv-parse, JSON, synced file      ${perSecond(synced)} reviews/s`)
console.log(`  acknowledged (masked, committed)  ${perSecond(acknowledged)} reviews/s`)
console.log(`  understood and queryable          ${perSecond(queryable)} reviews/s`)
console.log(
  `  ratio: queryable takes ${(queryable / csv).toFixed(1)} × csv-parse alone, ${(queryable / synced).toFixed(1)} × csv-parse with a synced file`,
)
console.log(machine())
listening.value.close()
await app.close()
process.exit(0)

function csvOf(reviews: readonly Review[]): string {
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
  return `评价内容,评分,商品类目\n${reviews.map((one) => `${cell(one.text)},${one.rating},${cell(one.category)}`).join('\n')}\n`
}

function perSecond(ms: number): string {
  return count(rows.length / (ms / 1000)).padStart(9)
}

async function parseOnly(): Promise<number> {
  let records = 0
  for await (const _ of createReadStream(file).pipe(parse({ columns: true }))) records++
  return records
}

async function parseAndSync(round: number): Promise<void> {
  const out = openSync(path.join(folder, `synced-${round}.jsonl`), 'w')
  let batch: object[] = []
  const sync = () => {
    writeSync(out, `${JSON.stringify(batch)}\n`)
    fsyncSync(out)
    batch = []
  }
  for await (const record of createReadStream(file).pipe(parse({ columns: true }))) {
    batch.push(record)
    if (batch.length === 1_000) sync()
  }
  sync()
  closeSync(out)
}

/** Milliseconds until all is acknowledged, and until the last review is counted by a question. Another day makes other reviews. */
async function bringIn(app: App, at: string): Promise<{ acknowledged: number; queryable: number }> {
  const query = new URLSearchParams({
    source: 'reviews-csv',
    tenant: MAIN,
    file: 'reviews.csv',
    options: JSON.stringify({ set: [`at=${at}`] }),
  })
  const begun = performance.now()
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/imports?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.localToken}` },
    body: Readable.toWeb(createReadStream(file)) as BodyInit,
    duplex: 'half',
  } as RequestInit)
  const last = JSON.parse((await answer.text()).trim().split('\n').at(-1)!) as { result?: { kept: number } }
  const acknowledged = performance.now() - begun
  if (!last.result) throw new Error(`not imported: ${JSON.stringify(last)}`)
  await app.ingest.idle()
  const asked = { from: at, to: at, category: [], merchant: [], product: [], city: [] }
  const seen = (await app.overview(MAIN, asked, Date.now())).voices.total
  const queryable = performance.now() - begun
  if (seen !== last.result.kept) throw new Error(`${last.result.kept} kept, ${seen} counted`)
  return { acknowledged, queryable }
}
