import type { Emotion } from '../core/reading.ts'
import type { Parsed } from './clauses.ts'

// Strength of an emotion: where it starts, and what each sign of heat adds.
const BASE = 0.35
const ADDS = { extreme: 0.3, swear: 0.25, strong: 0.1, mild: -0.15 } as const
const MARKS = 0.1
const MOST_MARKS = 0.3
const REPEATED = 0.1
const AGAIN = 0.08
const MOST_AGAIN = 0.24
const EXCLAMATION = 33

/**
 * How strongly an emotion is put, 0 to 1: words of degree and oaths, how often the emotion is shown, exclamation marks in a row and
 * characters said over and over (好好好好). `sureness`: the classifier's probability where no word shows the emotion. 0 without emotion.
 */
export function strengthOf(emotion: Emotion, parsed: Parsed, units: Uint16Array, length: number, sureness = 0): number {
  if (emotion === 'none') return 0
  const shown = parsed.emotions.filter((one) => one.emotion === emotion).length
  let strength = BASE + (shown === 0 ? sureness * 0.2 : Math.min(MOST_AGAIN, (shown - 1) * AGAIN))
  const heard = new Set(parsed.cues.map(({ cue }) => cue))
  for (const kind of ['extreme', 'swear', 'strong', 'mild'] as const) {
    if (heard.has(`strength.${kind}`)) strength += ADDS[kind]
  }
  const { marks, drawnOut } = loudness(units, length)
  strength += Math.min(MOST_MARKS, marks * MARKS) + (drawnOut ? REPEATED : 0)
  return Math.round(Math.min(1, Math.max(0.1, strength)) * 100) / 100
}

/** The longest run of exclamation marks, and whether any other sign is said three times or more in a row. */
function loudness(units: Uint16Array, length: number): { marks: number; drawnOut: boolean } {
  let marks = 0
  let drawnOut = false
  let run = 1
  for (let i = 0; i < length; i++) {
    run = i > 0 && units[i] === units[i - 1] ? run + 1 : 1
    if (units[i] === EXCLAMATION) marks = Math.max(marks, run)
    else if (run >= 3 && units[i]! > 0x2e80) drawnOut = true
  }
  return { marks, drawnOut }
}
