import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { lines, sharedData } from '../rig.ts'
import type { Judged } from './scoring.ts'

export interface Series extends Judged {
  name: string
  at: number[]
  values: number[]
}

const folder = path.join(sharedData, 'nab')

/** The benchmark's series that lie beside the clone; undefined where there are none. */
export function readCorpus(): Series[] | undefined {
  const file = path.join(folder, 'windows.json')
  if (!existsSync(file)) return undefined
  const windows = JSON.parse(readFileSync(file, 'utf8')) as Record<string, [string, string][]>
  return Object.entries(windows).map(([name, spans]) => {
    const rows = lines(path.join(folder, name))
      .slice(1)
      .map((line) => line.split(','))
    const at = rows.map(([time]) => moment(time!))
    return {
      name: name.replace('.csv', ''),
      at,
      values: rows.map(([, value]) => Number(value)),
      length: rows.length,
      windows: spans.map(([from, to]) => [
        at.findIndex((ms) => ms >= moment(from)),
        at.findLastIndex((ms) => ms <= moment(to)),
      ]),
    }
  })
}

const moment = (text: string): number => Date.parse(`${text.trim().replace(' ', 'T')}Z`)

/** The usual distance between two points. */
export function stepOf({ at }: Series): number {
  const steps = at
    .slice(1)
    .map((ms, place) => ms - at[place]!)
    .sort((one, other) => one - other)
  return steps[Math.floor(steps.length / 2)]!
}
