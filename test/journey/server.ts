import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import path from 'node:path'
import { temporaryFolder } from '../stores.ts'

const root = path.resolve(import.meta.dirname, '../..')

export interface RunningServer {
  url: string
  dataDir: string
  /** Everything it has printed so far. */
  said(): string
  /** Runs a command of the command line on the same data folder. */
  run(args: string[], input?: string): Promise<{ code: number; out: string; err: string }>
  stop(): Promise<void>
}

/** Starts Daystar as a user would, on a folder and a port of its own, and waits until it says that it is ready. */
export async function startDaystar(args: string[] = []): Promise<RunningServer> {
  const folder = temporaryFolder('journey')
  const dataDir = path.join(folder.path, 'data')
  const port = await freePort()
  const env = { ...process.env, DAYSTAR_DATA: dataDir, PORT: String(port) }
  const child = spawn(path.join(root, 'daystar'), ['start', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  await ready(child, () => output)
  return {
    url: `http://localhost:${port}`,
    dataDir,
    said: () => output,
    run: (command, input) => runCommand(command, env, input),
    async stop() {
      child.kill('SIGINT')
      if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve))
      folder.remove()
    },
  }
}

async function ready(child: ChildProcess, said: () => string): Promise<void> {
  for (let tries = 0; tries < 3_000; tries++) {
    if (said().includes('is ready')) return
    if (child.exitCode !== null) throw new Error(`Daystar ended at once:\n${said()}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  child.kill('SIGKILL')
  throw new Error(`Daystar was not ready after five minutes:\n${said()}`)
}

function runCommand(
  args: string[],
  env: NodeJS.ProcessEnv,
  input = '',
): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(path.join(root, 'daystar'), args, { env })
    const result = { out: '', err: '' }
    child.stdout.on('data', (chunk) => (result.out += chunk))
    child.stderr.on('data', (chunk) => (result.err += chunk))
    child.once('close', (code) => resolve({ code: code ?? 1, ...result }))
    child.stdin.end(input)
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
