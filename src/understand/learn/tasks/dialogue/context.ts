import { foldText } from '../../../text.ts'
import { hashGrams, mixHash, putInBlock } from '../../linear/grams.ts'
import type { Turn } from './rows.ts'

const OWN = { order: 3, letters: 5, reach: 8 }
const AROUND = { order: 2, letters: 0, reach: 0 }
export const ROOM = 60_000
const MOST_PLACES = 6
// Turns further away drown the turn's own words; what the whole dialogue is about comes in by the side features.
const REACH = 4

// Where in the dialogue a word was said, seen from the turn that is read.
const PLACES = { answered: 3, answer: 4, place: 5, ending: 6 }

// The blocks of a turn: its own words, the customer's before it, the customer's after it, the agent's around it.
const BLOCKS = { own: 0, before: 1, after: 2, agent: 3 }
/** The length of each block of {@link hashTurn}: what is said around a turn must not drown what it says itself. */
export const TURN_LENGTHS = [1, 0.5, 0.5, 0.4]
/** {@link hashDialogue} puts everything into one block. */
export const DIALOGUE_LENGTHS = [1]

const tagged = (out: Uint32Array, from: number, to: number, tag: number): number => {
  const salt = Math.imul(tag, 0x27d4eb2f)
  for (let k = from; k < to; k++) out[k] = mixHash(out[k]! ^ salt)
  return to
}

function add(text: string, shape: typeof OWN, tag: number, out: Uint32Array, from: number): number {
  const count = hashGrams(foldText(text), 0, text.length, shape, out.subarray(from))
  return tag === 0 ? from + count : tagged(out, from, from + count, tag)
}

/** What the agent said last before a turn and next after it. */
const agentAround = (turns: Turn[], at: number) => ({
  asked: turns.findLast(({ customer }, i) => i < at && !customer),
  answer: turns.find(({ customer }, i) => i > at && !customer),
})

/** Hashes of a turn: its own n-grams, those of the customer shortly before and after it, of the agent's turns around it, and its place. */
export function hashTurn(turns: Turn[], at: number, out: Uint32Array): number {
  let n = putInBlock(out, 0, add(turns[at]!.text, OWN, 0, out, 0), BLOCKS.own)
  turns.forEach(({ customer, text }, i) => {
    if (!customer || i === at || Math.abs(i - at) > REACH) return
    n = putInBlock(out, n, add(text, AROUND, 0, out, n), i < at ? BLOCKS.before : BLOCKS.after)
  })
  const from = n
  const { asked, answer } = agentAround(turns, at)
  if (asked) n = add(asked.text, AROUND, PLACES.answered, out, n)
  if (answer) n = add(answer.text, AROUND, PLACES.answer, out, n)
  if (n + 1 > out.length) return putInBlock(out, from, n, BLOCKS.agent)
  const earlier = turns.slice(0, at).filter(({ customer }) => customer).length
  out[n] = mixHash(Math.imul(PLACES.place, 0x27d4eb2f) ^ Math.min(MOST_PLACES, earlier))
  return putInBlock(out, from, n + 1, BLOCKS.agent)
}

/** Hashes of a whole dialogue: what the customer says, what the agent says, and how it ends. */
export function hashDialogue(turns: Turn[], out: Uint32Array): number {
  let n = 0
  for (const { customer, text } of turns) n = add(text, AROUND, customer ? 0 : PLACES.answer, out, n)
  const last = turns.findLast(({ customer }) => customer)
  if (last) n = add(last.text, AROUND, PLACES.ending, out, n)
  if (n + 1 > out.length) return n
  out[n] = mixHash(Math.imul(PLACES.place, 0x27d4eb2f) ^ (100 + Math.min(30, turns.length)))
  return n + 1
}

/** How much the recurrent encoder reads of each: a turn before, the turn itself, what answers it. */
const SPOKEN = { before: 24, own: 80, answer: 48 }

/** A turn with its neighbours as one text, each on a line of its own: the customer's turn before, the agent's, the turn, the answer. */
export function spokenTurn(turns: Turn[], at: number): string {
  const said = turns.findLast(({ customer }, i) => i < at && customer)
  const { asked, answer } = agentAround(turns, at)
  return [
    said?.text.slice(0, SPOKEN.before) ?? '',
    asked?.text.slice(0, SPOKEN.before) ?? '',
    turns[at]!.text.slice(0, SPOKEN.own),
    answer?.text.slice(0, SPOKEN.answer) ?? '',
  ].join('\n')
}
