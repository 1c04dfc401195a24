import type { Clause } from './clauses.ts'
import type { Cues } from './cues.ts'
import { Matcher } from './matcher.ts'
import { foldWord } from './text.ts'

/** What is said in conversations for the sake of manners: 好的, 谢谢, 可以, "ok thanks". */
export function courtesyOf({ talk }: Cues): Matcher {
  const matcher = new Matcher()
  talk.courtesy.forEach((word, id) => {
    matcher.add(foldWord(word), id)
  })
  return matcher
}

// Particles and signs that may stand beside a courtesy: 好的呢～
const BESIDE = 2

/** In a conversation 好的 and 谢谢 answer and judge nothing, where they are all that a clause says. */
export function hushCourtesies(clauses: readonly Clause[], units: Uint16Array, courtesy: Matcher): void {
  for (const clause of clauses) {
    if (clause.tokens.length === 0 || clause.end - clause.start > 16) continue
    let end = clause.start
    for (let i = clause.start; i < clause.end; i++) {
      let to = i
      courtesy.walk(units, clause.end, i, (_word, _start, wordEnd) => {
        to = wordEnd
      })
      if (to === i) continue
      if (i - end > 1) break
      end = to
      i = to - 1
    }
    if (clause.end - end > BESIDE) continue
    for (const token of clause.tokens) if (token.end <= end) token.judges = false
  }
}
