import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { inRoot, root, runNode } from './runtime.mjs'
import { Trouble } from './trouble.mjs'
import { mustBeWritable } from './writable.mjs'

/** Runs a build where its result is missing or older than the places it is made from. `what` as in “the console”. */
export async function buildStale({ what, dist, sources, args }) {
  const stamp = inRoot(dist, '.daystar-stamp')
  const wanted = hashOf(sources)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  mustBeWritable(`${what} is to be built`)
  console.error(`Building ${what}…`)
  const { code, output } = await runNode(args, { show: false })
  if (code !== 0) throw new Trouble(`${what[0].toUpperCase()}${what.slice(1)} could not be built:\n\n${output}`)
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
