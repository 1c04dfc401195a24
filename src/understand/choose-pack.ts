import type { Pack } from './packs.ts'
import { isLatin } from './text.ts'

/**
 * The pack whose category word is the category (or stands in a text) or, failing that, the longest one it contains; among equally long ones
 * the first there. Else `general`.
 */
export function choosePack(packs: Pack[], category: string | undefined): Pack {
  const general = packs[0]!
  if (!category) return general
  const wanted = category.trim().toLowerCase()
  const named = namesOf(packs).get(wanted)
  if (named) return named
  let best = general
  let length = 0
  let place = 0
  for (const pack of packs) {
    for (const word of categoryWords(pack)) {
      if (word.length < length) continue
      const at = placeOf(wanted, word)
      if (at >= 0 && (word.length > length || at < place)) [best, length, place] = [pack, word.length, at]
    }
  }
  return best === general && wanted.length === 1 ? packOfSign(packs, wanted) : best
}

/** A category of one sign (灯, 书): the pack that knows the most things whose names end in it. */
function packOfSign(packs: Pack[], sign: string): Pack {
  const known = (pack: Pack) => categoryWords(pack).filter((word) => word.endsWith(sign)).length
  return packs.reduce((most, pack) => (known(pack) > known(most) ? pack : most))
}

const names = new WeakMap<readonly Pack[], Map<string, Pack>>()

/** The packs by their category words, the first that has a word. */
function namesOf(packs: readonly Pack[]): Map<string, Pack> {
  let known = names.get(packs)
  if (!known) {
    known = new Map()
    for (const pack of packs) for (const word of categoryWords(pack)) if (!known.has(word)) known.set(word, pack)
    names.set(packs, known)
  }
  return known
}

const lowered = new WeakMap<Pack, string[]>()

function categoryWords(pack: Pack): string[] {
  let words = lowered.get(pack)
  if (!words) {
    words = [pack.id, ...pack.match].map((word) => word.toLowerCase())
    lowered.set(pack, words)
  }
  return words
}

/** Where a word stands in a text, −1 where it does not. Latin words are whole there, but for a plural: "competitive" is no pet. */
function placeOf(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const end = at + word.length
    const plural = /^e?s(?![a-z])/.exec(text.slice(end, end + 3))?.[0].length ?? 0
    const begins = at === 0 || !joins(text.charCodeAt(at - 1), word.charCodeAt(0))
    if (begins && !joins(word.charCodeAt(word.length - 1), text.charCodeAt(end + plural))) return at
  }
  return -1
}

/** Whether two neighbours are letters of one Latin word. */
const joins = (one: number, other: number): boolean => isLatin(one) && isLatin(other)
