import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { inRoot, root, runNode } from './runtime.mjs'
import { Trouble } from './trouble.mjs'
import { mustBeWritable } from './writable.mjs'

const stamp = inRoot('console', 'dist', '.daystar-stamp')

/** What the built console is made from; `src/http` and `src/core` are read by it too. */
const sources = ['console', 'src/http', 'src/core', 'package-lock.json']

/** Builds the console where it is missing or older than its sources. */
export async function buildConsole() {
  const wanted = hashOf(sources)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  mustBeWritable('the console is to be built')
  console.error('Building the console…')
  const { code, output } = await runNode(
    [inRoot('node_modules', 'vite', 'bin', 'vite.js'), 'build', 'console', '--logLevel', 'warn'],
    { show: false },
  )
  if (code !== 0) throw new Trouble(`The console could not be built:\n\n${output}`)
  writeFileSync(stamp, wanted)
}

function hashOf(places) {
  const hash = createHash('sha256')
  for (const file of places.flatMap((place) => filesUnder(inRoot(place))).sort())
    hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

function filesUnder(place) {
  if (!existsSync(place)) return []
  if (path.extname(place) === '.json') return [place]
  return readdirSync(place, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'dist' || entry.name === 'node_modules' || /\.test\.tsx?$/.test(entry.name)) return []
    const child = path.join(place, entry.name)
    return entry.isDirectory() ? filesUnder(child) : [child]
  })
}
