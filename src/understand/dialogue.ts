import type { Mention, Reading } from '../core/reading.ts'
import type { Speaker } from '../core/speaker.ts'
import type { Reader } from './reader.ts'
import { type DialogueFeatures, type DialogueHead, predictSatisfaction } from './satisfaction.ts'
import { compileTalk, type Talk, talkIn } from './talk.ts'

/** One turn of a conversation, in the order in which it was said. */
export interface Turn {
  speaker: Speaker
  text: string
}

/** What a conversation comes to. */
interface DialogueReading {
  /** A reading for each turn; null for what an agent, a bot or the system said: that is never the customer's opinion. */
  turns: (Reading | null)[]
  /** What the customer complained of, in order, each aspect once, with the turn that said it first. */
  problems: { turn: number; mention: Mention }[]
  resolved: 'yes' | 'no' | 'unclear'
  /** The score (−1 to 1) of each of the customer's turns, in order. */
  course: number[]
  /** 0 (not at all) to 1 (wholly) and how sure that the side of 0.5 is right; null where the customer said nothing. */
  satisfaction: { value: number; confidence: number } | null
}

export interface DialogueReader {
  /** Reads a conversation, by turn and as a whole. `category` as for a voice. Never throws, whatever the texts. */
  readDialogue(turns: readonly Turn[], category?: string): DialogueReading
  features(turns: readonly Turn[], category?: string): DialogueFeatures | null
}

// Longer conversations are read at both ends: how they begin and how they end.
const MOST_TURNS = 400

/** A reader of conversations on top of a reader of voices. Without a trained head the scores alone tell satisfaction. */
export function dialogueReader(reader: Reader, head: DialogueHead | null): DialogueReader {
  const talk = compileTalk(reader.cues)
  const hear = (turns: readonly Turn[], category?: string) => {
    const heard = turns.map((turn, i) => {
      const skipped = i >= MOST_TURNS / 2 && i < turns.length - MOST_TURNS / 2
      const reading =
        turn.speaker === 'customer' && !skipped ? reader.read({ text: turn.text, category, kind: 'chat' }) : null
      return { ...turn, reading, said: skipped ? nothing : talkIn(talk, turn.text) }
    })
    return heard
  }
  return {
    readDialogue(turns, category) {
      const heard = hear(turns, category)
      const course = heard.flatMap(({ reading }) => (reading?.read ? [reading.score] : []))
      const features = featuresOf(heard)
      return {
        turns: heard.map(({ reading }) => reading),
        problems: problemsOf(heard),
        resolved: resolvedOf(heard),
        course,
        satisfaction: features && predictSatisfaction(features, head),
      }
    },
    features: (turns, category) => featuresOf(hear(turns, category)),
  }
}

interface Heard extends Turn {
  reading: Reading | null
  said: Talk
}

const nothing: Talk = { courtesy: 0, resolved: 0, unresolved: 0, offer: 0, apology: 0, refusal: 0 }

function problemsOf(heard: readonly Heard[]): DialogueReading['problems'] {
  const problems = new Map<string, { turn: number; mention: Mention }>()
  heard.forEach(({ reading }, turn) => {
    for (const mention of reading?.mentions ?? []) {
      if (mention.polarity === 'negative' && !problems.has(mention.aspect))
        problems.set(mention.aspect, { turn, mention })
    }
  })
  return [...problems.values()]
}

// So many of the customer's last turns tell how it ended.
const LAST = 3

/** By the customer's last turns: what they say is done or is not; a threat or a bad end is no resolution; manners alone leave it open. */
function resolvedOf(heard: readonly Heard[]): DialogueReading['resolved'] {
  const own = heard.filter(({ speaker }) => speaker === 'customer')
  for (const { said, reading } of own.slice(-LAST).reverse()) {
    if (said.unresolved > 0 || threatens(reading)) return 'no'
    if (said.resolved > 0) return 'yes'
  }
  const last = own.at(-1)?.reading
  return last && last.score < -0.5 && last.mentions.length > 0 ? 'no' : 'unclear'
}

const threatens = (reading: Reading | null): boolean =>
  reading?.intents.some((intent) => intent.startsWith('threaten')) === true

function featuresOf(heard: readonly Heard[]): DialogueFeatures | null {
  const own = heard.filter(({ speaker }) => speaker === 'customer')
  const helper = heard.filter(({ speaker }) => speaker !== 'customer')
  if (own.length === 0) return null
  const scores = own.map(({ reading }) => reading?.score ?? 0)
  const end = own.slice(-2)
  const share = (test: (reading: Reading) => boolean) =>
    own.filter(({ reading }) => reading && test(reading)).length / own.length
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const told = (turns: readonly Heard[], what: keyof Talk) => turns.reduce((sum, turn) => sum + turn.said[what], 0)
  const lengths = (turns: readonly Heard[]) => Math.log1p(mean(turns.map(({ text }) => text.length)))
  return {
    customerTurns: Math.log(own.length),
    helperTurns: Math.log1p(helper.length),
    customerLength: lengths(own),
    helperLength: lengths(helper),
    meanScore: mean(scores),
    firstScore: scores[0]!,
    lastScore: scores.at(-1)!,
    worstScore: scores.reduce((worst, score) => Math.min(worst, score), 1),
    drift: mean(scores.slice(scores.length >> 1)) - mean(scores.slice(0, (scores.length + 1) >> 1)),
    angry: share(({ emotion, emotionStrength }) => emotion === 'angry' && emotionStrength >= 0.4),
    sarcastic: share(({ sarcasm }) => sarcasm !== null),
    threatens: share(threatens),
    returns: share(({ intents }) => intents.includes('return')),
    urgent: share(({ urgency }) => urgency !== 'none'),
    asks: share(({ intents }) => intents.includes('ask')),
    negativeShare: share(({ sentiment }) => sentiment === 'negative'),
    problems: Math.log1p(problemsOf(heard).length),
    thanksAtEnd: Math.min(1, told(end, 'courtesy')),
    resolvedAtEnd: Math.min(1, told(end, 'resolved')),
    unresolvedAtEnd: Math.min(1, told(end, 'unresolved')),
    unresolved: Math.log1p(told(own, 'unresolved')),
    repeats: 1 - new Set(own.map(({ text }) => text)).size / own.length,
    customerEnds: heard.at(-1)!.speaker === 'customer' ? 1 : 0,
    offers: Math.log1p(told(helper, 'offer')),
    apologies: Math.log1p(told(helper, 'apology')),
    refusals: Math.log1p(told(helper, 'refusal')),
    helperRepeats: helper.length === 0 ? 0 : 1 - new Set(helper.map(({ text }) => text)).size / helper.length,
  }
}
