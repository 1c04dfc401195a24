/**
 * What a start costs: seconds from the command to the first answer of /api/v1/session, the memory of the whole process tree after a
 * minute of rest, and the size of node_modules. Bare in the same run: Node on an empty script. Linux only (reads /proc).
 *
 *   node bench/start.ts [--starts 5] [--rest 60] [--port 7150] [--npm 1]
 *
 * The first start fills the demo market; the next ones find it. With `--npm 1` the command is `npm start`, else `./daystar start`.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../src/app/config.ts'
import { count, machine, median, numberOption, scratch, timed } from './rig.ts'

const starts = numberOption('starts', 5)
const rest = numberOption('rest', 60)
const port = numberOption('port', 7150)
const command = numberOption('npm', 0) ? ['npm', 'start'] : [path.join(root, 'daystar'), 'start']
const env = { ...process.env, DAYSTAR_DATA: path.join(scratch('start'), 'data'), PORT: String(port) }

console.log(`start: ${command.map((part) => path.basename(part)).join(' ')}`)
console.log(machine())
const first = await begin()
const filled = await first.ready
console.log(`  first start: answers after ${seconds(first.ms)}, the demo market is in after ${seconds(filled)}`)
await weigh(first, 'the first start')
await end(first.child)

const later: number[] = []
const bare: number[] = []
for (let time = 1; time <= starts; time++) {
  bare.push((await timed(() => execFileSync(process.execPath, ['-e', '0']))).ms)
  const again = await begin()
  later.push(again.ms)
  if (time === starts) await weigh(again, 'a later start')
  await end(again.child)
}
const [middle, slowest] = [median(later), Math.max(...later)]
console.log(`  second start: median ${seconds(middle)}, slowest of ${starts} ${seconds(slowest)}`)
console.log(`  ratio: ${(middle / median(bare)).toFixed(0)} × Node on an empty script (${seconds(median(bare))})`)
const size = sizeOf(path.join(root, 'node_modules'))
console.log(
  `  node_modules: ${megabytes(size.disk)} on disk (${megabytes(size.bytes)} in ${count(size.files)} files; without tools' caches; each hard link once, links not followed)`,
)
console.log(machine())

interface Begun {
  child: ChildProcess
  ms: number
  ready: Promise<number>
}

/** Starts, and waits for the first answer. `ready` resolves to the milliseconds until it says that it is ready. */
async function begin(): Promise<Begun> {
  const begun = performance.now()
  const child = spawn(command[0]!, command.slice(1), { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
  process.once('exit', () => child.kill('SIGTERM'))
  const ready = new Promise<number>((resolve, reject) => {
    child.stdout!.on('data', (said) => String(said).includes('is ready') && resolve(performance.now() - begun))
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  ready.catch(() => {})
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/session`).catch(() => null)
    if (answer?.status === 200) return { child, ms: performance.now() - begun, ready }
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    await sleep(5)
  }
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  // The command answers signals from the moment on at which it says that it is ready.
  await sleep(200)
  child.kill('SIGTERM')
  await ended
}

/** Memory by process: proportional set size, in which pages that several share are divided among them. */
async function weigh({ child, ready }: Begun, after: string): Promise<void> {
  await ready
  await sleep(rest * 1_000)
  const weights = treeOf(child.pid!).flatMap(weightOf)
  const of = (wanted: (name: string) => boolean) =>
    weights.filter(({ name }) => wanted(name)).reduce((sum, { bytes }) => sum + bytes, 0)
  const isPostgres = (name: string) => name.startsWith('postgres')
  const [postgres, others] = [of(isPostgres), of((name) => !isPostgres(name))]
  console.log(
    `  memory ${rest} s after ${after}: ${megabytes(postgres + others)} PSS in ${weights.length} processes (PostgreSQL ${megabytes(postgres)}, Node ${megabytes(others)})`,
  )
}

/** A process and all below it. */
function treeOf(top: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!pid) continue
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      parents.set(pid, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // It has ended meanwhile.
    }
  }
  const below = (pid: number): number[] => [
    pid,
    ...[...parents].filter(([, up]) => up === pid).flatMap(([down]) => below(down)),
  ]
  return below(top)
}

/** Empty where the process has ended meanwhile, as PostgreSQL's helpers do. */
function weightOf(pid: number): { name: string; bytes: number }[] {
  try {
    const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    return [{ name, bytes: Number(/^Pss:\s+(\d+) kB/m.exec(rollup)![1]) * 1024 }]
  } catch {
    return []
  }
}

function sizeOf(folder: string): { disk: number; bytes: number; files: number } {
  const sum = { disk: 0, bytes: 0, files: 0 }
  const seen = new Set<number>()
  const walk = (place: string): void => {
    for (const entry of readdirSync(place, { withFileTypes: true })) {
      // Caches that tools keep there are not what was installed.
      if (place === folder && entry.name.startsWith('.') && entry.name !== '.bin') continue
      const at = path.join(place, entry.name)
      const { ino, blocks, size } = lstatSync(at)
      if (!seen.has(ino)) {
        seen.add(ino)
        sum.disk += blocks * 512
        if (entry.isFile()) {
          sum.bytes += size
          sum.files++
        }
      }
      if (entry.isDirectory()) walk(at)
    }
  }
  walk(folder)
  return sum
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`
}

function megabytes(bytes: number): string {
  return `${count(bytes / 1_000_000)} MB`
}
