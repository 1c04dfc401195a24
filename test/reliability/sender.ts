/**
 * A server's ingest path alone, for kill.ts to kill: accepts batches of voices without end, reads them into the analytic store
 * meanwhile, and writes a line for each acknowledged batch. Arguments: data folder, round, and batches of the round before to send again.
 */
import { writeSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { MAIN } from '../../src/core/tenant.ts'
import { accept } from '../../src/listen/accept.ts'
import { startReader } from '../../src/listen/reader.ts'
import { echo } from '../../src/listen/trial.ts'
import { openStores } from '../../src/store/open.ts'

const IN_FLIGHT = 4
const [dataDir, roundText, againText = ''] = process.argv.slice(2)
const round = Number(roundText)

const opened = await openStores({ dataDir: dataDir! })
if (!opened.ok) throw new Error(opened.problem.message)
const stores = opened.value
const reader = startReader({ stores, readAll: echo, onChanged: () => {}, log: say, roundRecords: 500 })

const { rows } = await stores.pg.query<{ pid: number }>('select pg_backend_pid() as pid')
const stat = await readFile(`/proc/${rows[0]!.pid}/stat`, 'utf8')
say(`postmaster ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`)

function say(line: string): void {
  writeSync(1, `${line}\n`)
}

/** The same batch of the same round is the same to the letter, so that it can be sent again. */
function batchOf(ofRound: number, batch: number): object[] {
  const size = 1 + ((batch * 7919 + ofRound * 104729) % 60)
  return Array.from({ length: size }, (_, i) => ({
    id: `r${ofRound}-${batch}-${i}`,
    text: `第 ${ofRound} 轮第 ${batch} 批第 ${i} 条，晚上有点吵`,
    rating: 1 + (i % 5),
    at: Date.UTC(2026, 0, 1 + (batch % 60)),
  }))
}

async function send(ofRound: number, batch: number): Promise<void> {
  const records = batchOf(ofRound, batch)
  const idempotencyKey = `r${ofRound}-${batch}`
  const incoming = {
    tenant: MAIN,
    source: 'kill',
    kind: 'voices',
    records,
    zone: 'Asia/Shanghai',
    idempotencyKey,
  } as const
  const answer = await accept(stores, incoming)
  if (!answer.ok) throw new Error(answer.problem.message)
  say(`ack ${ofRound} ${batch} ${answer.value.kept}`)
  reader.wake()
}

for (const batch of againText.split(',').filter(Boolean)) await send(round - 1, Number(batch))
let next = 0
await Promise.all(
  Array.from({ length: IN_FLIGHT }, async () => {
    for (;;) await send(round, next++)
  }),
)
