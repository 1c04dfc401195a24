import type { CategoryName } from '../categories.ts'
import type { Random } from '../random.ts'
import type { Trouble } from '../trouble.ts'
import { everyday, remarks } from './general.ts'
import { expand, type Pattern, type Slots } from './pattern.ts'
import { entries, phrasesOf, slotsOf } from './phrases.ts'
import { roughen } from './roughen.ts'

/** What a text is to be about. `rating` is in stars of 1 to 5; `gripes` are the troubles that get mentioned. */
export interface Topic {
  category: CategoryName
  city: string
  rating: number
  gripes: readonly Trouble[]
  /** The aspects that may be praised; all of the category's where left out. */
  praising?: readonly string[]
}

/** A review, long or short, as someone of that mood would write it. */
export function review(topic: Topic, random: Random): string {
  const mood = topic.rating >= 4 ? 1 : topic.rating === 3 ? 0 : -1
  const say = speaker(topic, random)
  if (topic.gripes.length === 0 && random.chance(0.16)) return say.short(mood)
  if (topic.gripes.length > 0 && random.chance(0.1)) return roughen(say.gripe(topic.gripes[0]!), -1, random)
  const parts =
    mood > 0 ? pleased(topic, say, random) : mood === 0 ? lukewarm(topic, say, random) : cross(topic, say, random)
  if (random.chance(0.14)) parts.splice(random.int(0, parts.length), 0, say.chatter())
  if (random.chance(0.03)) parts.push(say.any(remarks.offTopic))
  return roughen(join(parts, random), mood > 0 && topic.gripes.length > 0 ? 0 : mood, random)
}

/** What is said about one trouble alone, as in a chat, a complaint or the words beside a survey answer. */
export function gripe(topic: Topic, trouble: Trouble, random: Random): string {
  return roughen(speaker(topic, random).gripe(trouble), -1, random)
}

/** The words beside a survey answer: a clause or two. */
export function comment(topic: Topic, random: Random): string {
  const say = speaker(topic, random)
  const parts: string[] = topic.gripes.slice(0, 2).map(say.gripe)
  if (topic.rating >= 4 && (parts.length === 0 || random.chance(0.4)))
    parts.unshift(...say.praises(random.chance(0.25) ? 2 : 1))
  if (parts.length === 0) parts.push(topic.rating >= 3 ? say.any(remarks.meh) : say.any(remarks.bad))
  return roughen(join(parts, random), topic.rating - 3, random)
}

/** The reason picked from the list when something is sent back. No cause: a change of mind. */
export function reasonLabel(topic: Topic, cause: Trouble | null, random: Random): string {
  const known = cause ? entries('reasons', topic.category, cause.aspect, cause.scene) : changesOfMind
  return speaker(topic, random).any(known.length > 0 ? known : ['(其他|不合适|与预期不符)'])
}

/** The reason in the customer's words: the label, and sometimes more. */
export function reason(topic: Topic, cause: Trouble | null, random: Random): string {
  const label = reasonLabel(topic, cause, random)
  if (!cause || !random.chance(0.4)) return label
  return `${label}${random.pick(['，', '：', ' ', '。'])}${speaker(topic, random).gripe(cause)}`
}

const changesOfMind = [
  '(不想要了|7天无理由|七天无理由退货|拍错了|买多了|家里人已经买了|不喜欢|尺寸不合适|用不上了|其他)',
]

/** A question before buying. */
export const question = (category: CategoryName, random: Random): string =>
  roughen(expand(random.pick(phrasesOf[category].questions), random, slotsOf(category)), 0, random)

type Speaker = ReturnType<typeof speaker>

function speaker({ category, city, gripes, praising }: Topic, random: Random) {
  const own = phrasesOf[category]
  const slots: Slots = { ...slotsOf(category), city: `(${city}|我们这)` }
  const any = (patterns: readonly Pattern[]): string => expand(random.pick(patterns), random, slots)
  const praise = { ...everyday.praise, ...own.praise }
  const griped = new Set(gripes.map((each) => each.aspect))
  const praisable = (praising ?? Object.keys(praise)).filter((aspect) => !griped.has(aspect) && praise[aspect])
  return {
    any,
    short: (mood: number) => any(mood > 0 ? remarks.short.good : mood < 0 ? remarks.short.bad : remarks.short.meh),
    chatter: () => any(own.chatter),
    praises: (n: number) =>
      random
        .shuffled(praisable)
        .slice(0, n)
        .map((aspect) => any(praise[aspect]!)),
    gripe: (trouble: Trouble) => {
      const mocking = trouble.phrases ? [] : entries('sarcasm', category, trouble.aspect, trouble.scene)
      if (mocking.length > 0 && random.chance(0.08)) return any(mocking)
      return any(trouble.phrases ?? entries('complaints', category, trouble.aspect, trouble.scene))
    },
  }
}

function pleased(topic: Topic, say: Speaker, random: Random): string[] {
  const parts = random.chance(0.5) ? [say.any(remarks.good)] : []
  parts.push(...say.praises(random.chance(0.45) ? 1 : random.int(2, 3)))
  for (const trouble of topic.gripes) parts.push(`${say.any(remarks.softener)}${say.gripe(trouble)}`)
  if (random.chance(0.25)) parts.push(say.any(remarks.goodEnd))
  return parts
}

function lukewarm(topic: Topic, say: Speaker, random: Random): string[] {
  const parts = random.chance(0.5) ? [say.any(remarks.meh)] : []
  const praises = random.chance(0.5) ? say.praises(1) : []
  parts.push(...praises)
  topic.gripes.forEach((trouble, n) => {
    parts.push(n === 0 && praises.length > 0 ? `${say.any(remarks.softener)}${say.gripe(trouble)}` : say.gripe(trouble))
  })
  return parts.length > 0 ? parts : [say.any(remarks.meh)]
}

function cross(topic: Topic, say: Speaker, random: Random): string[] {
  const parts = random.chance(0.4) || topic.gripes.length === 0 ? [say.any(remarks.bad)] : []
  parts.push(...topic.gripes.map(say.gripe))
  if (random.chance(0.2)) parts.push(`${random.pick(['也就', '除了', '不过', ''])}${say.praises(1)[0]}`)
  if (random.chance(0.35)) parts.push(say.any(remarks.badEnd))
  return parts
}

function join(parts: readonly string[], random: Random): string {
  let text = ''
  parts.forEach((part, n) => {
    if (n > 0) text += random.chance(0.55) ? '，' : random.pick(['。', '。', '！', '；', ' ', '~', '\n'])
    text += part
  })
  return random.chance(0.4) ? `${text}${random.pick(['。', '。', '！', '~'])}` : text
}
