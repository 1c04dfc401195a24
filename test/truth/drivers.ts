import { parseArgs } from 'node:util'
import { wilson } from '../../src/core/share.ts'
import { drawShapes } from './shapes.ts'
import { type Told, tellWorlds } from './tell.ts'

/**
 * How often the planted stories are found in markets that nobody has looked at.
 *
 *   node test/truth/drivers.ts --worlds 100 [--from 1001] [--shapes] [--json]
 */
const { values } = parseArgs({
  options: {
    worlds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1001' },
    /** Narrower stories, and such as go with one outcome alone. */
    shapes: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const numbers = Array.from({ length: Number(values.worlds) }, (_, at) => Number(values.from) + at)
const told: Told[] = []
await tellWorlds(
  numbers,
  (one) => {
    told.push(one)
    if (values.json) return console.log(JSON.stringify(one))
    const stories = one.stories.map((story) => `${story.category} ${story.what}: ${story.place ?? 'MISSED'}`).join('; ')
    console.log(
      `world ${one.world}: ${stories}${one.unaccounted.length > 0 ? `; unaccounted: ${one.unaccounted.join(', ')}` : ''}`,
    )
  },
  values.shapes ? drawShapes : undefined,
)

const percent = (x: number | null) => (100 * x!).toFixed(1)
function print(what: string, hits: number, n: number) {
  const { value, low, high } = wilson(hits, n)
  console.error(`${what}: ${hits} of ${n} (${percent(value)} %, 95 % interval ${percent(low)} to ${percent(high)})`)
}
const stories = told.flatMap((one) => one.stories)
const findings = told.reduce((sum, one) => sum + one.findings, 0)
print(
  'worlds in which every planted story is found',
  told.filter((one) => one.stories.every((s) => s.place !== null)).length,
  told.length,
)
print('stories found', stories.filter((story) => story.place !== null).length, stories.length)
print('stories that come first in their category', stories.filter((story) => story.place === 1).length, stories.length)
print(
  'findings that nothing accounts for',
  told.reduce((sum, one) => sum + one.unaccounted.length, 0),
  findings,
)
