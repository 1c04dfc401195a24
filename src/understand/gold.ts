import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { polarities, type Reading } from '../core/reading.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { DEFAULT_PACKS_DIR } from './packs.ts'

const goldCase = z.object({
  text: z.string().min(1).max(2_000),
  expect: z
    .array(z.object({ aspect: z.string().max(80), polarity: z.enum(polarities), scene: z.string().max(80).optional() }))
    .max(20),
})

/** A sentence and what must be found in it. */
export type GoldCase = z.infer<typeof goldCase>

/** The gold cases that a pack comes with; none where it has no file. */
export function goldOf(pack: string, dir: string = DEFAULT_PACKS_DIR): GoldCase[] {
  const file = path.join(dir, pack, 'gold.jsonl')
  if (!existsSync(file)) return []
  const read = parseGold(readFileSync(file, 'utf8'))
  if (!read.ok) throw new Error(`${file}: ${read.problem.message}`)
  return read.value
}

/** Gold cases as JSON lines. Problem `bad_gold` with the line and the reason. */
export function parseGold(text: string): Result<GoldCase[]> {
  const cases: GoldCase[] = []
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const parsed = goldCase.safeParse(asJson(line))
    if (!parsed.success) {
      const { path: place, message } = parsed.error.issues[0]!
      const reason =
        place.length === 0 ? 'this is no JSON object with "text" and "expect"' : `${place.join('.')}: ${message}`
      return fail({ code: 'bad_gold', message: reason, where: `gold.jsonl:${at + 1}` })
    }
    cases.push(parsed.data)
  }
  return ok(cases)
}

/** What a case expects and the reading lacks or contradicts, as sentences; empty where all is found. */
export function unmet({ mentions }: Reading, { text, expect }: GoldCase): string[] {
  return expect.flatMap(({ aspect, polarity, scene }) => {
    const same = mentions.filter((mention) => mention.aspect === aspect)
    const right = same.some((mention) => mention.polarity === polarity && (!scene || mention.scene === scene))
    const contrary = same.some((mention) => mention.polarity !== polarity && mention.polarity !== 'neutral')
    if (right && !contrary) return []
    const said = mentions.map((mention) => `${mention.aspect} ${mention.polarity} ${mention.scene}`).join('; ')
    return [`${text} → ${aspect} ${polarity} ${scene ?? ''} wanted; said: ${said}`]
  })
}

function asJson(line: string): unknown {
  try {
    return JSON.parse(line) as unknown
  } catch {
    return undefined
  }
}
