import { createHash } from 'node:crypto'
import { fail, ok, type Result } from '../core/result.ts'
import { mustFit } from '../core/shape.ts'
import { PackError, type PackFile, packFile, parseJson, type Source } from './pack-file.ts'
import { checkPack, extend, type Pack } from './packs.ts'
import { foldWord } from './text.ts'

/**
 * What a tenant adds to the packs: files in the shape of `pack.json`. One with the id of a pack adds to it, one with the id
 * `general` to all of them, one with a new id is a pack of the tenant's own. The digest is part of the engine's version.
 */
export interface Overlay {
  digest: string
  packs: PackFile[]
}

/** Where a word of a tenant's own belongs in a pack. */
const wordLists = [
  'terms',
  'faults',
  'praises',
  'positive',
  'negative',
  'opinions_positive',
  'opinions_negative',
  'scene',
] as const
export type WordList = (typeof wordLists)[number]

/** A word that a person has added: `place` is the id of an aspect, or of a scene where the list is `scene`. */
export interface OwnWord {
  pack: string
  place: string
  list: WordList
  word: string
}

/** The overlay of a tenant's own packs and words, or null where there are none. The order of the words does not matter. */
export function makeOverlay(ownPacks: readonly PackFile[], words: readonly OwnWord[]): Overlay | null {
  const packs = [...ownPacks, ...filesOf(words)]
  if (packs.length === 0) return null
  return { digest: digestOf(packs), packs }
}

const digestOf = (packs: readonly PackFile[]): string =>
  createHash('sha256').update(JSON.stringify(packs)).digest('hex').slice(0, 12)

/** An overlay with one pack of the tenant's own in the place of what it had of that id; the words that were accepted stay. */
export function withPack(overlay: Overlay | null, pack: PackFile): Overlay {
  // Accepted words come as files without names; they are not what is replaced.
  const others = (overlay?.packs ?? []).filter((one) => one.id !== pack.id || one.zh === '')
  const packs = [pack, ...others]
  return { packs, digest: digestOf(packs) }
}

/** One file a pack, with the words grouped by aspect and scene. Its names are empty: the pack that it adds to has them. */
function filesOf(words: readonly OwnWord[]): PackFile[] {
  const sorted = [...words].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const files = new Map<string, { id: string; zh: string; en: string; aspects: Part[]; scenes: Part[] }>()
  for (const { pack, place, list, word } of sorted) {
    const file = files.get(pack) ?? { id: pack, zh: '', en: '', aspects: [], scenes: [] }
    files.set(pack, file)
    const parts = list === 'scene' ? file.scenes : file.aspects
    let part = parts.find((one) => one.id === place)
    if (!part) {
      part = { id: place }
      parts.push(part)
    }
    add(part, list, word)
  }
  return [...files.values()].map((file) => mustFit(packFile, file))
}

type Part = { id: string; opinions?: { positive: string[]; negative: string[] } } & Partial<
  Record<'terms' | 'faults' | 'praises' | 'positive' | 'negative', string[]>
>

function add(part: Part, list: WordList, word: string): void {
  switch (list) {
    case 'opinions_positive':
    case 'opinions_negative':
      part.opinions ??= { positive: [], negative: [] }
      part.opinions[list === 'opinions_positive' ? 'positive' : 'negative'].push(word)
      return
    case 'scene':
      part.terms = [...(part.terms ?? []), word]
      return
    case 'terms':
    case 'faults':
    case 'praises':
    case 'positive':
    case 'negative':
      part[list] = [...(part[list] ?? []), word]
  }
}

const keyOf = ({ pack, list, place, word }: OwnWord): string => JSON.stringify([pack, list, place, word])

/**
 * The packs with a tenant's additions in place. Packs that it adds nothing to are the same objects. A file that does not fit (any
 * more, after an upgrade) is left out and told in `refused`; the others still count.
 */
export function overlayPacks(packs: readonly Pack[], overlay: Overlay): { packs: Pack[]; refused: string[] } {
  let all = [...packs]
  const refused: string[] = []
  for (const file of overlay.packs) {
    try {
      all = addFile(all, file)
    } catch (error) {
      if (!(error instanceof PackError)) throw error
      refused.push(error.message)
    }
  }
  return { packs: all, refused }
}

function addFile(
  packs: Pack[],
  file: PackFile,
  place: Source = { file: `your own pack "${file.id}"`, text: null },
): Pack[] {
  if (file.id === 'general') return packs.map((pack) => addTo(pack, fitting(pack, file), place))
  if (packs.some((pack) => pack.id === file.id))
    return packs.map((pack) => (pack.id === file.id ? addTo(pack, file, place) : pack))
  if (!file.zh || !file.en)
    throw new PackError(
      place.file,
      place.text === null ? null : 1,
      'there is no pack of this id, and a new one needs "zh" and "en"',
    )
  return [...packs, extend(packs[0], file, place)]
}

function addTo(pack: Pack, file: PackFile, place: Source): Pack {
  const { id, zh, en } = pack
  const extended = extend(pack, file, place)
  // Where two aspects claim a word the first one has it: what was there keeps its place.
  const placeOf = new Map(pack.aspects.map((aspect, at) => [aspect.id, at]))
  const last = pack.aspects.length
  const aspects = extended.aspects.sort((a, b) => (placeOf.get(a.id) ?? last) - (placeOf.get(b.id) ?? last))
  return { ...extended, id, zh, en, aspects, match: [...file.match, ...pack.match] }
}

/** What is added to all packs is added where they have the aspect; one that is new to all must bring its own names. */
function fitting(pack: Pack, file: PackFile): PackFile {
  const known = new Set(pack.aspects.map((aspect) => aspect.id))
  const scenes = new Set(pack.scenes.map((scene) => scene.id))
  return {
    ...file,
    aspects: file.aspects.filter((aspect) => known.has(aspect.id) || aspect.zh !== undefined),
    scenes: file.scenes.filter((scene) => scenes.has(scene.id) || scene.zh !== undefined),
  }
}

/**
 * A pack of a tenant's own from its text, checked against the packs that it joins. Problem `bad_pack`: `where` is file and line.
 */
export function readOwnPack(
  source: Source & { text: string },
  packs: readonly Pack[],
  departments: ReadonlySet<string>,
): Result<PackFile> {
  try {
    const file = parseJson(source, packFile)
    for (const pack of addFile([...packs], file, source))
      if (!packs.includes(pack)) checkPack(pack, file, departments, source)
    return ok(file)
  } catch (error) {
    if (!(error instanceof PackError)) throw error
    const where = error.line === null ? error.file : `${error.file}:${error.line}`
    return fail({
      code: 'bad_pack',
      message: error.reason,
      where,
      remedy: 'Mend that place; packs/README.md says what each field means.',
    })
  }
}

const LONGEST = 40

/** Whether a word of a tenant's own can be added: the pack and the place must be there, and the word must be one. */
export function checkOwnWord(own: OwnWord, packs: readonly Pack[]): Result<OwnWord> {
  const pack = packs.find((one) => one.id === own.pack)
  if (!pack) return unfit(`There is no pack "${own.pack}".`, 'pack')
  const places = own.list === 'scene' ? pack.scenes : pack.aspects
  if (!places.some((place) => place.id === own.place))
    return unfit(`The pack "${own.pack}" has no ${own.list === 'scene' ? 'scene' : 'aspect'} "${own.place}".`, 'place')
  const word = foldWord(own.word.trim())
  if (word.length < 1 || word.length > LONGEST || /[|\p{Cc}]/u.test(word))
    return unfit(`A word has 1 to ${LONGEST} signs and no "|".`, 'word')
  return ok({ ...own, word })
}

const unfit = (message: string, where: string): Result<never> => fail({ code: 'bad_word', message, where })
