import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { inRoot, root } from './runtime.mjs'
import { Trouble } from './trouble.mjs'
import { mustBeWritable } from './writable.mjs'

const stamp = inRoot('node_modules', '.daystar-lock')

/** Installs the packages that the lock file names, where that has not been done. */
export async function install() {
  const lock = readFileSync(inRoot('package-lock.json'), 'utf8')
  const wanted = createHash('sha256').update(lock).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  mustBeWritable('packages are to be installed')
  if (!isInstalled(lock)) {
    console.error('Installing packages (only at the first start, or when they have changed)…')
    const { code, output } = await npm([
      'ci',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      '--fetch-retry-mintimeout=3000',
    ])
    if (code !== 0) throw explained(output)
  }
  writeFileSync(stamp, wanted)
}

/** Whether someone has already run npm for this very lock file: then npm's own record holds the same versions. */
function isInstalled(lock) {
  try {
    const { packages: here } = JSON.parse(readFileSync(inRoot('node_modules', '.package-lock.json'), 'utf8'))
    const { packages: wanted } = JSON.parse(lock)
    return Object.entries(wanted).every(
      ([place, { version, optional }]) => place === '' || optional || here[place]?.version === version,
    )
  } catch {
    return false
  }
}

/** The npm that runs us, else the one in the PATH. */
function npm(args) {
  const own = process.env.npm_execpath?.endsWith('.js') ? process.env.npm_execpath : undefined
  const [program, before] = own ? [process.execPath, [own]] : ['npm', []]
  return new Promise((resolve) => {
    const child = spawn(program, [...before, ...args], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: !own && process.platform === 'win32',
    })
    let output = ''
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('error', (error) => resolve({ code: 1, output: `npm could not be run: ${error.message}` }))
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

function explained(output) {
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ECONNRESET|ENOTCACHED/.test(
      output,
    )
  )
    return new Trouble(
      'The packages could not be fetched: npm\'s registry cannot be reached. Connect to the network (or set "npm config set registry" or "proxy" to one that can be reached), then start again.',
    )
  if (/ENOSPC/.test(output))
    return new Trouble(
      'The disk is full. Daystar needs about 2 GB for its packages; free some space, then start again.',
    )
  if (/EACCES|EPERM|EROFS/.test(output))
    return new Trouble(
      `The packages could not be written to ${inRoot('node_modules')}, or npm's cache belongs to another user. Give this user the right to write there, then start again.\n\n${output}`,
    )
  return new Trouble(`The packages could not be installed. What npm says:\n\n${output}`)
}
