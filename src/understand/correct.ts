import { z } from 'zod'
import { type Mention, type Polarity, polarities, type Reading } from '../core/reading.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { Pack } from './packs.ts'

/** Which mention is meant: by what it says, so that a reading that has changed meanwhile is noticed. */
const mentionKey = z.strictObject({
  aspect: z.string().max(80),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
})
const mentionPolarity = z.enum(['positive', 'negative', 'neutral'])
const sceneId = z.string().max(80).nullable()

/** One thing that a person says of a reading. Offsets are UTF-16 in the stored text, end exclusive. */
export const readingChange = z.discriminatedUnion('kind', [
  /** The reading is right as it is. */
  z.strictObject({ kind: z.literal('confirm') }),
  z.strictObject({ kind: z.literal('sentiment'), to: z.enum(polarities) }),
  z.strictObject({ kind: z.literal('polarity'), mention: mentionKey, to: mentionPolarity }),
  z.strictObject({ kind: z.literal('aspect'), mention: mentionKey, to: z.string().max(80) }),
  z.strictObject({ kind: z.literal('scene'), mention: mentionKey, to: sceneId }),
  /** Nothing is said of this aspect here. */
  z.strictObject({ kind: z.literal('drop'), mention: mentionKey }),
  /** What the reader missed: the words, and what they say. */
  z.strictObject({
    kind: z.literal('add'),
    aspect: z.string().max(80),
    polarity: mentionPolarity,
    scene: sceneId,
    start: z.number().int().nonnegative(),
    end: z.number().int().nonnegative(),
  }),
])
export type ReadingChange = z.infer<typeof readingChange>

type MentionKey = z.infer<typeof mentionKey>

/** A person is sure. */
const CERTAIN = 1
const SCORES: Record<Polarity, number> = { positive: 0.8, negative: -0.8, neutral: 0, mixed: 0 }

/**
 * The reading after a change. Problems: `correction_stale` where the mention is no longer there, `correction_unknown` for an aspect or
 * scene that the pack does not have, `correction_span` for words outside the text, `correction_double` for what is there already.
 */
export function correct(text: string, reading: Reading, change: ReadingChange, pack: Pack): Result<Reading> {
  switch (change.kind) {
    case 'confirm':
      return ok({ ...reading, read: true })
    case 'sentiment':
      return ok({ ...reading, read: true, sentiment: change.to, score: SCORES[change.to] })
    case 'polarity':
      return changeMention(reading, change.mention, (mention) => ({ ...mention, polarity: change.to }))
    case 'aspect':
      return knows(pack.aspects, change.to, 'aspect', pack, () =>
        changeMention(reading, change.mention, (mention) => ({ ...mention, aspect: change.to })),
      )
    case 'scene':
      return knows(pack.scenes, change.to, 'scene', pack, () =>
        changeMention(reading, change.mention, (mention) => ({ ...mention, scene: change.to })),
      )
    case 'drop':
      return changeMention(reading, change.mention, () => null)
    case 'add':
      return knows(pack.aspects, change.aspect, 'aspect', pack, () =>
        knows(pack.scenes, change.scene, 'scene', pack, () => add(text, reading, change, pack)),
      )
  }
}

function knows(
  known: readonly { id: string }[],
  id: string | null,
  what: 'aspect' | 'scene',
  pack: Pack,
  then: () => Result<Reading>,
): Result<Reading> {
  if (id === null || known.some((one) => one.id === id)) return then()
  return fail({
    code: 'correction_unknown',
    message: `The pack "${pack.id}" has no ${what} "${id}".`,
    remedy: `Choose one that it has, or add it to the pack first.`,
    where: what,
  })
}

function changeMention(reading: Reading, key: MentionKey, to: (mention: Mention) => Mention | null): Result<Reading> {
  const at = reading.mentions.findIndex((one) => isThat(one, key))
  if (at < 0)
    return fail({
      code: 'correction_stale',
      message: 'This mention is no longer in the reading: someone else has changed it meanwhile.',
      remedy: 'Look at the voice again, then correct what is still wrong.',
    })
  const changed = to(reading.mentions[at]!)
  const others = reading.mentions.filter((_, i) => i !== at)
  if (!changed) return ok(withMentions(reading, others))
  if (others.some((one) => isThat(one, changed))) return fail(DOUBLE)
  return ok(withMentions(reading, reading.mentions.with(at, { ...changed, confidence: CERTAIN })))
}

const isThat = (mention: Mention, key: MentionKey): boolean =>
  mention.aspect === key.aspect && mention.start === key.start && mention.end === key.end

const DOUBLE = {
  code: 'correction_double',
  message: 'These words are already read as this aspect.',
  remedy: 'Correct the mention that is there.',
}

function add(
  text: string,
  reading: Reading,
  { aspect, polarity, scene, ...span }: Extract<ReadingChange, { kind: 'add' }>,
  pack: Pack,
): Result<Reading> {
  const { start, end } = trimmed(text, span)
  if (start >= end || end > text.length || !text.slice(start, end).isWellFormed())
    return fail({
      code: 'correction_span',
      message: 'The selected words are not in the text of this voice.',
      remedy: 'Select them in the text again.',
    })
  if (reading.mentions.some((one) => isThat(one, { aspect, start, end }))) return fail(DOUBLE)
  const words = text.slice(start, end)
  const term = longestTerm(words, pack, aspect)
  const opinion = term === null ? words : words.replace(term, '').trim() || null
  // What is left on both sides of the term is no stretch of the text: then the whole stands for the opinion.
  const said = opinion !== null && !words.includes(opinion) ? words : opinion
  const placeOf = (part: string | null) =>
    part === null ? null : { start: start + words.indexOf(part), end: start + words.indexOf(part) + part.length }
  const added: Mention = {
    ...{ aspect, polarity, scene, start, end, confidence: CERTAIN },
    ...{ term, termAt: placeOf(term), opinion: said, opinionAt: placeOf(said) },
    ...{ sceneAt: null, condition: null, cause: null },
  }
  return ok(
    withMentions(
      { ...reading, read: true },
      [...reading.mentions, added].sort((a, b) => a.start - b.start),
    ),
  )
}

/** Without the blanks that a selection takes along. */
function trimmed(text: string, { start, end }: { start: number; end: number }): { start: number; end: number } {
  const words = text.slice(start, end)
  return {
    start: start + (words.length - words.trimStart().length),
    end: end - (words.length - words.trimEnd().length),
  }
}

function longestTerm(words: string, pack: Pack, aspect: string): string | null {
  const low = words.toLowerCase()
  const found = (pack.aspects.find((one) => one.id === aspect)?.terms ?? [])
    .filter((term) => low.includes(term.toLowerCase()))
    .sort((a, b) => b.length - a.length)[0]
  return found === undefined ? null : words.slice(low.indexOf(found.toLowerCase())).slice(0, found.length)
}

/** Scenes of the voice follow its mentions; those that no mention had stay. */
function withMentions(reading: Reading, mentions: Mention[]): Reading {
  const before = new Set(reading.mentions.map((mention) => mention.scene))
  const kept = reading.scenes.filter((scene) => !before.has(scene))
  const now = mentions.flatMap((mention) => mention.scene ?? [])
  return { ...reading, read: true, mentions, scenes: [...new Set([...kept, ...now])] }
}
