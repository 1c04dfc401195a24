import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { touchpoints } from '../core/touchpoint.ts'
import { lineOf, lineOfBreak } from './position.ts'
import { isLatin } from './text.ts'

/** Words of a pack: a list, or one string with the words parted by `|`. */
const words = z
  .union([z.string(), z.array(z.string())], 'words are a list, or one string with the words parted by "|"')
  .transform((value) =>
    (typeof value === 'string' ? value.split('|') : value).map((word) => word.trim()).filter(Boolean),
  )
const optionalWords = words.default([])

const touchpointIds = touchpoints.map((touchpoint) => touchpoint.id)
const packId = z.string().regex(/^[a-z][a-z0-9-]*$/, 'a pack id is a-z, 0-9 and "-"')
const partId = z.string().regex(/^[a-z][a-z0-9_]*$/, 'an id is a-z, 0-9 and "_"')

const inBoth = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })

/** An aspect as a pack file gives it. A pack that extends `general` may leave out what general already says of the id. */
const aspectFile = z.strictObject({
  id: partId,
  zh: z.string().optional(),
  en: z.string().optional(),
  owner: z.string().optional(),
  touchpoint: z.enum(touchpointIds as [string, ...string[]]).optional(),
  /** Words that name the aspect without judging it: 声音. */
  terms: optionalWords,
  /** Words that judge, and mean this aspect where no other is named: 便宜, 贵. */
  positive: optionalWords,
  negative: optionalWords,
  /** True where those words mean this aspect even beside another aspect's name: "房间很吵" is about noise. */
  stands: z.boolean().optional(),
  /** Whole phrases that name and judge at once: 吵醒, 没有噪音. */
  praises: optionalWords,
  faults: optionalWords,
  /** Phrases that name the aspect and judge nothing: 不知道是不是正品. */
  neutral: optionalWords,
  /** Words whose polarity depends on the aspect: 大 is negative of noise, positive of a room. */
  opinions: z.strictObject({ positive: optionalWords, negative: optionalWords }).optional(),
  /** Judging words that, said of this aspect, speak of another: 安装 + 慢 is about installation_time. */
  handsOver: z.record(partId, words).optional(),
  /** What to do when the aspect hurts. */
  advice: inBoth.optional(),
  /** What the shop page should say, show or move for the aspect. */
  page: inBoth.optional(),
})

const sceneFile = z.strictObject({
  id: partId,
  who: z.boolean().optional(),
  zh: z.string().optional(),
  en: z.string().optional(),
  terms: optionalWords,
})

export const packFile = z.strictObject({
  id: packId,
  zh: z.string(),
  en: z.string(),
  /** Category words, in either language, that select the pack. */
  match: optionalWords,
  /** Phrases that look like a word of the pack and are none. */
  ignore: optionalWords,
  /** Aspects of `general` that make no sense here. */
  without: z.array(partId).default([]),
  aspects: z.array(aspectFile),
  scenes: z.array(sceneFile).default([]),
})
/** What one `pack.json` says, or one of a tenant's own packs. */
export type PackFile = z.infer<typeof packFile>
type AspectFile = z.infer<typeof aspectFile>

interface InBoth {
  zh: string
  en: string
}

export interface Department {
  id: string
  zh: string
  en: string
}

export interface Aspect {
  id: string
  zh: string
  en: string
  /** The department that owns the cause. */
  owner: string
  touchpoint: string
  terms: string[]
  positive: string[]
  negative: string[]
  stands: boolean
  praises: string[]
  faults: string[]
  neutral: string[]
  opinions: { positive: string[]; negative: string[] }
  handsOver: Record<string, string[]>
  advice?: InBoth
  page?: InBoth
}

export interface Scene {
  id: string
  /** True where it names who is there (children, the elderly) rather than when or where. */
  who?: boolean
  zh: string
  en: string
  terms: string[]
}

/** Know-how of one category, with what it inherits from `general` already in place. */
export interface Pack {
  id: string
  zh: string
  en: string
  match: string[]
  ignore: string[]
  aspects: Aspect[]
  scenes: Scene[]
}

const departmentFile = z.array(z.strictObject({ id: packId, zh: z.string(), en: z.string() }))

/** Thrown for a pack that cannot be used; the message names the file, the line and what is wrong there. */
export class PackError extends Error {
  readonly file: string
  readonly line: number | null
  readonly reason: string
  constructor(file: string, line: number | null, reason: string) {
    super(`${line === null ? file : `${file}:${line}`}: ${reason}`)
    this.file = file
    this.line = line
    this.reason = reason
  }
}

/** Where a pack comes from, and its text where there is one, so that a mistake in it can be told with its line. */
export interface Source {
  file: string
  text: string | null
}

const refuse = ({ file, text }: Source, at: readonly PropertyKey[], reason: string): PackError =>
  new PackError(file, text === null ? null : lineOf(text, at), reason)

export const DEFAULT_PACKS_DIR = path.resolve(import.meta.dirname, '../../packs')

/** Parses a JSON file with a schema; a mistake is told with the file, the line and the place. */
export function readJson<T>(file: string, schema: z.ZodType<T>): T {
  return parseJson({ file, text: readFileSync(file, 'utf8') }, schema)
}

/** The same of a text that is at hand. Throws {@link PackError}. */
export function parseJson<T>(source: Source & { text: string }, schema: z.ZodType<T>): T {
  let json: unknown
  try {
    json = JSON.parse(source.text)
  } catch (error) {
    throw new PackError(source.file, lineOfBreak(source.text), `this is not JSON: ${(error as Error).message}`)
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const { message, ...issue } = parsed.error.issues[0]!
  const at = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path
  throw refuse(source, at, `${at.join('.') || 'the whole'}: ${message}`)
}

/** The departments that aspects are owned by (`packs/departments.json`). */
export function loadDepartments(dir: string = DEFAULT_PACKS_DIR): Department[] {
  return readJson(path.join(dir, 'departments.json'), departmentFile)
}

/**
 * Reads every `packs/<id>/pack.json`: `general` first, the others by id, each completed by what general says.
 * Throws {@link PackError} for a file that is not JSON, an unknown field, an unknown owner or a pack without its folder's name.
 */
export function loadPacks(dir: string = DEFAULT_PACKS_DIR): Pack[] {
  const owners = new Set(loadDepartments(dir).map((department) => department.id))
  const folders = readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(dir, entry.name, 'pack.json')))
    .map((entry) => entry.name)
    .sort()
  if (!folders.includes('general'))
    throw new PackError(dir, null, 'there is no general/pack.json, which the others build on')
  const general = loadPack(dir, 'general', undefined, owners)
  return [general, ...folders.filter((name) => name !== 'general').map((name) => loadPack(dir, name, general, owners))]
}

function loadPack(dir: string, folder: string, general: Pack | undefined, owners: Set<string>): Pack {
  const file = path.join(dir, folder, 'pack.json')
  const source = { file, text: readFileSync(file, 'utf8') }
  const raw = parseJson(source, packFile)
  if (raw.id !== folder) throw refuse(source, ['id'], `the id "${raw.id}" is not the name of its folder, "${folder}"`)
  const pack = extend(general, raw, source)
  checkPack(pack, raw, owners, source)
  return pack
}

/** Throws {@link PackError} for an aspect that hands over to one that is not there or whose owner no department is. */
export function checkPack(pack: Pack, raw: PackFile, owners: ReadonlySet<string>, source: Source): void {
  for (const aspect of pack.aspects) {
    const at = raw.aspects.findIndex(({ id }) => id === aspect.id)
    const stranger = Object.keys(aspect.handsOver).find((id) => !pack.aspects.some((other) => other.id === id))
    if (stranger) {
      const reason = `aspect "${aspect.id}" hands over to "${stranger}", which is no aspect here`
      throw refuse(source, at < 0 ? ['without'] : ['aspects', at, 'handsOver', stranger], reason)
    }
    if (!owners.has(aspect.owner)) {
      const reason = `aspect "${aspect.id}" is owned by "${aspect.owner}", which departments.json does not know`
      throw refuse(source, ['aspects', at, 'owner'], reason)
    }
  }
}

/** What a pack file makes of the pack that it builds on. Throws {@link PackError} where it lacks something. */
export function extend(general: Pack | undefined, raw: PackFile, source: Source): Pack {
  // A word that the category claims for one aspect is no longer the word of another: 味道 is taste in fruit.
  const claimed = new Set(raw.aspects.flatMap((aspect) => [...aspect.terms, ...spoken(aspect)]))
  const inherited = (general?.aspects ?? [])
    .filter((aspect) => !raw.without.includes(aspect.id))
    .map((aspect) => withoutWords(aspect, claimed))
  const known = new Map(inherited.map((aspect) => [aspect.id, aspect]))
  const own = raw.aspects.map((aspect, at) => mergeAspect(known.get(aspect.id), aspect, at, source))
  const ownIds = raw.aspects.map((aspect) => aspect.id)
  const again = ownIds.findIndex((id, at) => ownIds.indexOf(id) < at)
  if (again >= 0) throw refuse(source, ['aspects', again, 'id'], `the aspect "${ownIds[again]}" occurs twice`)
  return {
    id: raw.id,
    zh: raw.zh,
    en: raw.en,
    match: raw.match,
    ignore: [...raw.ignore, ...(general?.ignore ?? [])],
    aspects: [...own, ...inherited.filter((aspect) => !ownIds.includes(aspect.id))],
    scenes: mergeScenes(general?.scenes ?? [], raw.scenes, source),
  }
}

const spoken = (aspect: AspectFile) => [
  ...aspect.positive,
  ...aspect.negative,
  ...aspect.praises,
  ...aspect.faults,
  ...aspect.neutral,
]

function withoutWords(aspect: Aspect, claimed: Set<string>): Aspect {
  // Most lists lose nothing, and are then the very same: thirty packs inherit a thousand of them.
  const free = (list: string[]) =>
    list.some((word) => claimed.has(word)) ? list.filter((word) => !claimed.has(word)) : list
  return {
    ...aspect,
    terms: free(aspect.terms),
    positive: free(aspect.positive),
    negative: free(aspect.negative),
    praises: free(aspect.praises),
    faults: free(aspect.faults),
    neutral: free(aspect.neutral),
  }
}

function mergeAspect(base: Aspect | undefined, own: AspectFile, at: number, source: Source): Aspect {
  const need = <T>(value: T | undefined, field: string): T => {
    if (value === undefined) throw refuse(source, ['aspects', at, field], `aspect "${own.id}" needs "${field}"`)
    return value
  }
  const advice = own.advice ?? base?.advice
  const page = own.page ?? base?.page
  const opinions = own.opinions ?? { positive: [], negative: [] }
  const ownOpinions = new Set([...opinions.positive, ...opinions.negative])
  const inheritedOpinions = (list: string[] | undefined) => (list ?? []).filter((word) => !ownOpinions.has(word))
  return {
    id: own.id,
    zh: need(own.zh ?? base?.zh, 'zh'),
    en: need(own.en ?? base?.en, 'en'),
    owner: need(own.owner ?? base?.owner, 'owner'),
    touchpoint: need(own.touchpoint ?? base?.touchpoint, 'touchpoint'),
    terms: joined(own.terms, base?.terms),
    positive: joined(own.positive, base?.positive),
    negative: joined(own.negative, base?.negative),
    stands: own.stands ?? base?.stands ?? false,
    praises: joined(own.praises, base?.praises),
    faults: joined(own.faults, base?.faults),
    neutral: joined(own.neutral, base?.neutral),
    opinions: {
      positive: [...opinions.positive, ...inheritedOpinions(base?.opinions.positive)],
      negative: [...opinions.negative, ...inheritedOpinions(base?.opinions.negative)],
    },
    handsOver: own.handsOver ?? base?.handsOver ?? {},
    ...(advice && { advice }),
    ...(page && { page }),
  }
}

const joined = (own: string[], inherited: string[] = []): string[] =>
  own.length === 0 ? inherited : inherited.length === 0 ? own : [...own, ...inherited]

function mergeScenes(base: Scene[], own: PackFile['scenes'], source: Source): Scene[] {
  const scenes = base.map((scene) => ({ ...scene, terms: [...scene.terms] }))
  for (const [at, scene] of own.entries()) {
    const known = scenes.find((candidate) => candidate.id === scene.id)
    if (known) known.terms.push(...scene.terms)
    else if (scene.zh && scene.en)
      scenes.push({ id: scene.id, who: scene.who, zh: scene.zh, en: scene.en, terms: scene.terms })
    else throw refuse(source, ['scenes', at], `scene "${scene.id}" is not one of general and needs "zh" and "en"`)
  }
  return scenes
}

/**
 * The pack whose category word is the category (or stands in a text) or, failing that, the longest one it contains; among equally long ones
 * the first there. Else `general`.
 */
export function choosePack(packs: Pack[], category: string | undefined): Pack {
  const general = packs[0]!
  if (!category) return general
  const wanted = category.trim().toLowerCase()
  let best = general
  let length = 0
  let place = 0
  for (const pack of packs) {
    for (const word of categoryWords(pack)) {
      if (wanted === word) return pack
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
