import type { Cues } from './cues.ts'
import { Matcher } from './matcher.ts'
import { foldText, foldWord } from './text.ts'

type TalkKind = keyof Cues['talk']

/** How many cues of each kind a turn of a conversation holds. */
export type Talk = Record<TalkKind, number>

export interface TalkCues {
  matcher: Matcher
  kinds: TalkKind[][]
}

export function compileTalk({ talk }: Cues): TalkCues {
  const matcher = new Matcher()
  const kinds: TalkKind[][] = []
  for (const [kind, words] of Object.entries(talk) as [TalkKind, string[]][]) {
    for (const word of words) {
      const id = matcher.add(foldWord(word), kinds.length)
      if (id === kinds.length) kinds.push([])
      kinds[id]!.push(kind)
    }
  }
  return { matcher, kinds }
}

// What is said in a turn is said in its first thousand characters.
const MOST = 1000

/** Counts the cues of a turn, the longest at each place. */
export function talkIn({ matcher, kinds }: TalkCues, text: string): Talk {
  const counts: Talk = { courtesy: 0, resolved: 0, unresolved: 0, offer: 0, apology: 0, refusal: 0 }
  const length = Math.min(text.length, MOST)
  const units = foldText(text.slice(0, length))
  for (let i = 0; i < length; i++) {
    let found = -1
    let to = i
    matcher.walk(units, length, i, (id, _start, end) => {
      found = id
      to = end
    })
    if (found < 0) continue
    for (const kind of kinds[found]!) counts[kind]++
    i = to - 1
  }
  return counts
}
