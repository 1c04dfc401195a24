import { fail, ok, type Result } from '../core/result.ts'
import { dayOrders } from './decode/day-order.ts'
import { type Head, inPieces, lookAt, small } from './head.ts'
import { parse } from './parse.ts'
import { fileProblem } from './reasons/files.ts'
import { caught, type Source, type SourceOptions } from './source/source.ts'
import { sources } from './sources/list.ts'

/** How well a source reads the beginning of a file. */
export interface Fit {
  source: Source
  /** 0 to 1: the share of rows that become records, times the share of fields that are known; tables by mapping and what takes anything count for less. */
  score: number
  rows: number
  kept: number
  dead: number
  skipped: number
  /** Fields of the file that are used or left out on purpose, and those that nobody knows. */
  known: number
  unknown: number
}

const ROWS = 60
/** After so many rows that are all refused, the rest are not tried. */
const TRIED = 15
/** Below this no source is chosen: too much would be refused or thrown away. */
const LEAST = 0.2

/** Every source that reads a file's beginning, the best first. */
export async function fits(head: Head, options: SourceOptions): Promise<Fit[]> {
  const bytes = await small(head)
  // Whose file it is does not depend on which number is the day: where that is not known yet, any order will do.
  const assumed = { ...options, dates: options.dates ?? dayOrders[0] }
  const found: Fit[] = []
  for (const source of sources) {
    const fit = await fitOf(source, bytes, assumed)
    if (fit && fit.score > 0) found.push(fit)
    // Trying them all takes a while: others get their turn in between.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return found.sort((a, b) => b.score - a.score || b.known - a.known)
}

/** The source that fits best, with those behind it. Problem: `source_unclear`. */
export async function guess(head: Head, options: SourceOptions): Promise<Result<Fit[]>> {
  const found = await fits(head, options)
  return (found[0]?.score ?? 0) >= LEAST ? ok(found) : fail(await unclear(head))
}

/** Why it was chosen, in a sentence. */
export const whyTaken = ({ rows, kept, dead, skipped, known, unknown }: Fit): string =>
  [
    `of its first ${rows} rows ${kept} records are made, ${dead} refused, ${skipped} skipped`,
    ...(known + unknown > 0 ? [`${known} of ${known + unknown} fields are known`] : []),
  ].join('; ')

async function unclear(head: Head) {
  const { header } = await lookAt(head)
  const columns = header && header.length > 1 ? header.join(', ').slice(0, 400) : undefined
  const told = { en: columns ? ` Its first line: ${columns}.` : '', zh: columns ? `它的第一行是：${columns}。` : '' }
  return fileProblem('source_unclear', { header: told })
}

async function fitOf(source: Source, bytes: Buffer, options: SourceOptions): Promise<Fit | undefined> {
  const counts = { rows: 0, kept: 0, dead: 0, skipped: 0 }
  let fields = { known: 0, unknown: 0 }
  let telling = false
  const done = await caught(async () => {
    const opened = await source.open(inPieces(bytes), options)
    if (!opened.ok) return
    for await (const items of opened.value.rows) {
      counts.rows++
      for (const item of items)
        if ('skipped' in item) counts.skipped++
        else if ('record' in item && parse(item.kind, item.record).ok) counts.kept++
        else counts.dead++
      if (counts.rows >= ROWS || (counts.rows >= TRIED && counts.kept + counts.skipped === 0)) break
    }
    telling = opened.value.telling?.() ?? false
    const met = opened.value.fields?.()
    if (met)
      fields = { known: new Set(met.used.map(({ from }) => from)).size + met.left.length, unknown: met.unused.length }
  })
  if (!done.ok && counts.kept === 0) return undefined
  return { source, ...counts, ...fields, score: scoreOf(counts, fields) * (telling ? 1 : (source.broad ?? 1)) }
}

/**
 * What is skipped is neither for a source nor against it. Where the fields are the system's own, the file is of it even if much or all of
 * it must be refused: then the refusals say what it lacks.
 */
function scoreOf(
  { kept, dead }: Pick<Fit, 'kept' | 'dead'>,
  { known, unknown }: Pick<Fit, 'known' | 'unknown'>,
): number {
  // One unknown field among many is little; few known ones prove little.
  const sure = known + unknown === 0 ? 0.8 : (known + 1) / (known + unknown + 2)
  const own = known >= 3 && known >= 2 * unknown
  const share = kept / (kept + dead || 1)
  const made = own ? (kept > 0 ? 0.4 + 0.6 * share : 0.25) : share
  return made * sure
}
