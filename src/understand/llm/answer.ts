import { z } from 'zod'
import { polarities } from '../../core/reading.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Pack } from '../packs.ts'
import { foldWord } from '../text.ts'

const MOST_MENTIONS = 24
const MOST_CHARACTERS = 20_000

/** Strict: a field that was not asked for makes the whole answer none. */
const saidAnswer = z.strictObject({
  sentiment: z.enum(polarities),
  mentions: z
    .array(
      z.strictObject({
        aspect: z.string().max(80),
        polarity: z.enum(['positive', 'negative', 'neutral']),
        quote: z.string().min(1).max(400),
        scene: z.string().max(80).nullable().default(null),
      }),
    )
    .max(MOST_MENTIONS),
})

/** One mention that the model claims, found in the text. Offsets are UTF-16, end exclusive. */
export interface SaidMention {
  aspect: string
  polarity: 'positive' | 'negative' | 'neutral'
  scene: string | null
  start: number
  end: number
}

/** An answer that fits the schema, the pack and the text. */
export interface Answer {
  sentiment: z.infer<typeof saidAnswer>['sentiment']
  mentions: SaidMention[]
}

/** Why an answer counts for nothing. */
type Refusal = 'not_json' | 'schema' | 'aspect' | 'scene' | 'span'

const completion = z.looseObject({
  choices: z.array(z.looseObject({ message: z.looseObject({ content: z.string().nullish() }) })).min(1),
  usage: z.looseObject({ total_tokens: z.number().nonnegative().optional() }).nullish(),
})

/** What a service's reply says: the text of its first choice, and the tokens that it counts. Null where it is no completion. */
export function readCompletion(body: string): { content: string; tokens: number | null } | null {
  const parsed = completion.safeParse(asJson(body))
  if (!parsed.success) return null
  return {
    content: parsed.data.choices[0]!.message.content ?? '',
    tokens: parsed.data.usage?.total_tokens ?? null,
  }
}

/**
 * Checks what a model said about a text. It is taken whole or not at all: an answer that invents an aspect, a scene or a single quote is
 * not to be trusted with the rest. A quote may differ from the text in case, width and traditional characters, in nothing else.
 */
export function checkAnswer(content: string, text: string, pack: Pack): Result<Answer, Refusal> {
  const json = content.length > MOST_CHARACTERS ? undefined : asJson(bare(content))
  if (json === undefined) return fail('not_json')
  const said = saidAnswer.safeParse(json)
  if (!said.success) return fail('schema')
  const folded = foldWord(text)
  const mentions: SaidMention[] = []
  let from = new Map<string, number>()
  for (const { aspect, polarity, quote, scene } of said.data.mentions) {
    if (!pack.aspects.some((one) => one.id === aspect)) return fail('aspect')
    if (scene !== null && !pack.scenes.some((one) => one.id === scene)) return fail('scene')
    const words = foldWord(quote)
    const start = folded.indexOf(words, from.get(words) ?? 0)
    const at = start >= 0 ? start : folded.indexOf(words)
    if (at < 0 || quote.trim() === '') return fail('span')
    // The same words quoted twice are two places where the text has them twice.
    from = new Map(from).set(words, at + words.length)
    mentions.push({ aspect, polarity, scene, start: at, end: at + words.length })
  }
  return ok({ sentiment: said.data.sentiment, mentions })
}

/** Some models put their JSON into a fence however they are asked. */
const bare = (content: string): string => content.trim().replace(/^```(?:json)?\s*([\s\S]*?)\s*```$/, '$1')

function asJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
