/**
 * Kills the ingest path with SIGKILL, again and again, and counts what is left (row 1 of the reliability list).
 *
 *   node test/reliability/kill.ts --rounds 50 --acks 10000
 *
 * Each round, a process accepts batches of voices and reads them into the analytic store; once `acks` records are acknowledged it is
 * killed in the middle of whatever it does, every other round together with PostgreSQL. The next round starts on the same folder and
 * sends again, with their keys, the batches of which the sender had not heard. At the end every acknowledged record must be in both
 * stores exactly once. Prints one line a round and ends with 1 where a record is lost or doubled.
 */
import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { startReader } from '../../src/listen/reader.ts'
import { echo, makeDataDir } from '../../src/listen/trial.ts'
import { trusted } from '../../src/store/clickhouse/sql.ts'
import { openStores, type Stores } from '../../src/store/open.ts'

export interface KillReport {
  acked: number
  stored: number
  lost: number
  doubled: number
}

const BEFORE_AND_AFTER = 10

export async function killRounds(rounds: number, acks: number, log: (line: string) => void): Promise<KillReport> {
  const dataDir = await makeDataDir('daystar-kill-')
  try {
    /** Acknowledged batches and how many records each holds, a round. */
    const acked: Map<number, number>[] = []
    for (let round = 0; round < rounds; round++) {
      acked.push(new Map())
      const killed = await killOnce(dataDir, round, acks, acked)
      log(`round ${round + 1}: ${sum(acked[round]!)} acknowledged, then killed${killed}`)
    }
    return await countUp(dataDir, acked, log)
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

const sum = (batches: Map<number, number>): number => [...batches.values()].reduce((total, n) => total + n, 0)

/** The batches of which the last round's sender may not have heard: those around its last acknowledged one. */
function unheard(batches: Map<number, number> | undefined): number[] {
  if (!batches) return []
  const last = Math.max(0, ...batches.keys())
  const around = Array.from({ length: 2 * BEFORE_AND_AFTER }, (_, i) => last - BEFORE_AND_AFTER + i)
  return around.filter((batch) => batch >= 0)
}

async function killOnce(dataDir: string, round: number, acks: number, acked: Map<number, number>[]): Promise<string> {
  const sender = path.join(import.meta.dirname, 'sender.ts')
  const child = spawn(process.execPath, [sender, dataDir, String(round), unheard(acked[round - 1]).join(',')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, UV_THREADPOOL_SIZE: '8' },
  })
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('exit', (_, signal) => resolve(signal)))
  let postmaster = 0
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, ...numbers] = line.split(' ')
    if (word === 'postmaster') postmaster = Number(numbers[0])
    else if (word === 'ack') acked[Number(numbers[0])]!.set(Number(numbers[1]), Number(numbers[2]))
    if (sum(acked[round]!) >= acks && !child.killed) child.kill('SIGKILL')
  }
  if ((await ended) !== 'SIGKILL') throw new Error('the sender ended by itself')
  if (round % 2 === 0 || postmaster === 0) return ''
  process.kill(postmaster, 'SIGKILL')
  return ', PostgreSQL too'
}

async function countUp(
  dataDir: string,
  acked: Map<number, number>[],
  log: (line: string) => void,
): Promise<KillReport> {
  const opened = await openStores({ dataDir })
  if (!opened.ok) throw new Error(opened.problem.message)
  const stores = opened.value
  try {
    const reader = startReader({ stores, readAll: echo, onChanged: () => {}, log })
    await reader.idle()
    await reader.stop()
    const report = { acked: 0, stored: 0, lost: 0, doubled: 0 }
    for (const [round, batches] of acked.entries()) await countRound(stores, round, batches, report)
    return report
  } finally {
    await stores.close()
  }
}

/** Both stores against what was acknowledged: a record is lost where either lacks it, doubled where it is there twice. */
async function countRound(
  stores: Stores,
  round: number,
  batches: Map<number, number>,
  report: KillReport,
): Promise<void> {
  const { rows: inbox } = await stores.pg.query<{ key: string; count: number }>(
    'select idempotency_key as key, count from inbox where idempotency_key like $1',
    [`r${round}-%`],
  )
  const kept = new Map(inbox.map(({ key, count }) => [key, count]))
  const voices = await copies(stores, `SELECT id, count() AS n FROM voices WHERE id LIKE 'r${round}-%' GROUP BY id`)
  const mentions = await copies(
    stores,
    `SELECT voice_id AS id, count() AS n FROM mentions WHERE voice_id LIKE 'r${round}-%' GROUP BY voice_id`,
  )
  report.doubled += inbox.length - kept.size
  for (const n of [...voices.values(), ...mentions.values()]) report.doubled += n - 1
  for (const [batch, size] of batches) {
    report.acked += size
    for (let i = 0; i < size; i++) {
      const id = `r${round}-${batch}-${i}`
      if (kept.get(`r${round}-${batch}`) !== size || !voices.has(id) || !mentions.has(id)) report.lost++
    }
  }
  report.stored += voices.size
}

async function copies(stores: Stores, question: string): Promise<Map<string, number>> {
  const rows = await stores.analytics.query<{ id: string; n: number }>(trusted(question))
  return new Map(rows.map(({ id, n }) => [id, Number(n)]))
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { rounds: { type: 'string' }, acks: { type: 'string' } } })
  const report = await killRounds(Number(values.rounds ?? 50), Number(values.acks ?? 10_000), console.log)
  console.log(JSON.stringify(report))
  process.exitCode = report.lost + report.doubled > 0 ? 1 : 0
}
