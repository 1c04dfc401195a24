import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { pathToFileURL } from 'node:url'
import { buildConsole } from './console.mjs'
import { findNode, inRoot, root, surroundings } from './runtime.mjs'
import { buildSdk } from './sdk.mjs'

/** `npm start`: builds what is missing, then runs the server until it ends or is told to. */
export async function run(args) {
  await buildConsole()
  await buildSdk()
  const guard = pathToFileURL(inRoot('scripts', 'end-with-parent.mjs')).href
  const child = spawn(findNode(), ['--import', guard, inRoot('src', 'cli', 'main.ts'), 'start', ...args], {
    cwd: root,
    env: surroundings(),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // A group of its own: Ctrl-C reaches us from the terminal and from npm, and the server through us, once.
    detached: process.platform !== 'win32',
  })
  passOn(child)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}

function passOn(child) {
  const lately = new Map()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      const now = performance.now()
      if (now - (lately.get(signal) ?? -Infinity) < 500) return
      lately.set(signal, now)
      child.kill(signal)
    })
  if (process.env.npm_lifecycle_event === undefined) return
  // npm killed outright tells no one: we, or the shell between us, are then handed to another parent.
  const before = ancestors()
  setInterval(() => ancestors() !== before && child.kill('SIGTERM'), 250).unref()
}

/** Our parent and, where the system tells, its parent. */
function ancestors() {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8')
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`
  } catch {
    return String(process.ppid)
  }
}
