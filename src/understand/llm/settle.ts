import type { Mention, Polarity, Reading } from '../../core/reading.ts'
import type { Answer, SaidMention } from './answer.ts'
import { SURE, sentimentDoubt, UNSETTLED } from './doubt.ts'

/** What a model's answer changed in a reading. */
export interface Settled {
  sentiment: boolean
  added: number
  dropped: number
  turned: number
}

// How sure the two readers are together: where they agree, where the model overruled, where only the model saw it.
const AGREED = 0.85
const OVERRULED = 0.7
const SCORES: Record<Polarity, number> = { positive: 0.5, negative: -0.5, neutral: 0, mixed: 0 }

/**
 * The reading of both. What the fast reader is sure of stands. What it is unsure of is settled by the model: confirmed, turned, or
 * dropped where the model does not see it. What only the model sees is added, unless the fast reader is sure of something else there.
 */
export function settle(text: string, fast: Reading, said: Answer): { reading: Reading; settled: Settled } {
  const settled: Settled = { sentiment: false, added: 0, dropped: 0, turned: 0 }
  const left = new Set(said.mentions)
  const kept = fast.mentions.flatMap((mention) => {
    if (mention.confidence >= SURE) return [mention]
    const match = matchOf(mention, left)
    if (!match) {
      settled.dropped++
      return []
    }
    left.delete(match)
    const agreed = match.polarity === mention.polarity
    if (!agreed) settled.turned++
    return [{ ...mention, polarity: match.polarity, confidence: agreed ? AGREED : OVERRULED }]
  })
  const added = [...left].filter((one) => !kept.some((mention) => speaksFor(mention, one)))
  settled.added = added.length
  const mentions = [...kept, ...added.map((one) => mentionOf(text, one))].sort((a, b) => a.start - b.start)
  const scenes = [...new Set([...fast.scenes, ...mentions.flatMap(({ scene }) => scene ?? [])])]
  const reading: Reading = { ...fast, mentions, scenes }
  if (said.sentiment !== fast.sentiment && sentimentDoubt(fast) >= UNSETTLED) {
    settled.sentiment = true
    reading.sentiment = said.sentiment
    reading.score = SCORES[said.sentiment]
  }
  return { reading, settled }
}

/** Whether anything is different. A confirmation is no change. */
export const isChange = ({ sentiment, added, dropped, turned }: Settled): boolean =>
  sentiment || added + dropped + turned > 0

/** The model's mention of the same aspect: best one in the same place. */
function matchOf(mention: Mention, left: ReadonlySet<SaidMention>): SaidMention | undefined {
  const same = [...left].filter((one) => one.aspect === mention.aspect)
  return same.find((one) => overlap(one, mention)) ?? same[0]
}

/** A mention that stands and leaves the model's nothing to add: the same aspect, or words that are surely about another. */
const speaksFor = (mention: Mention, one: SaidMention): boolean =>
  mention.aspect === one.aspect ||
  (mention.confidence >= SURE && mention.start === one.start && mention.end === one.end)

const overlap = (a: { start: number; end: number }, b: { start: number; end: number }): boolean =>
  a.start < b.end && b.start < a.end

const mentionOf = (text: string, { aspect, polarity, scene, start, end }: SaidMention): Mention => ({
  ...{ aspect, polarity, scene, start, end, confidence: OVERRULED },
  ...{ term: null, termAt: null, opinion: text.slice(start, end), opinionAt: { start, end } },
  ...{ sceneAt: null, condition: null, cause: null },
})
