import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { Trouble } from './trouble.mjs'

export const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..')
export const inRoot = (...parts) => path.join(root, ...parts)

/** Whether this Node runs TypeScript as it stands. */
export function runsTypeScript(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18)
}

/** The Node that runs Daystar: the one we run on where it is new enough, else the one that came with the packages. */
export function findNode() {
  if (runsTypeScript(process.versions.node)) return process.execPath
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const packed = inRoot('node_modules', `node-${platform}-${process.arch}`, 'bin', name)
  if (existsSync(packed)) return packed
  throw new Trouble(
    `Daystar needs Node 22.18 or newer; this is ${process.version}, and no newer one is packed for ${process.platform} on ${process.arch}. Install one from https://nodejs.org and start again.`,
  )
}

/**
 * What every child gets: threads enough for the embedded analytic engine, which must be known before Node starts, and a place for what
 * Node makes of the sources, so that later starts read it.
 */
export const surroundings = () => ({
  UV_THREADPOOL_SIZE: '16',
  NODE_COMPILE_CACHE: inRoot('node_modules', '.cache', 'node'),
  ...process.env,
})

/** Runs Node on a script to its end. Resolves to the exit code and, where it is not shown, to what was written. */
export function runNode(args, { show = true, node = findNode() } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, {
      cwd: root,
      env: surroundings(),
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
