import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { touchpoints } from '../core/touchpoint.ts'

/** Words of a pack: a list, or one string with the words parted by `|`. */
const words = z
  .union([z.string(), z.array(z.string())])
  .transform((value) =>
    (typeof value === 'string' ? value.split('|') : value).map((word) => word.trim()).filter(Boolean),
  )
const optionalWords = words.default([])

const touchpointIds = touchpoints.map((touchpoint) => touchpoint.id)
const packId = z.string().regex(/^[a-z][a-z0-9-]*$/, 'a pack id is a-z, 0-9 and "-"')
const partId = z.string().regex(/^[a-z][a-z0-9_]*$/, 'an id is a-z, 0-9 and "_"')

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
  advice: z.strictObject({ zh: z.string(), en: z.string() }).optional(),
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
  advice?: { zh: string; en: string }
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

/** Thrown for a pack that cannot be used; the message names the file, the place and what is wrong there. */
export class PackError extends Error {}

export const DEFAULT_PACKS_DIR = path.resolve(import.meta.dirname, '../../packs')

/** Parses a JSON file with a schema; a mistake is told with the file and the place. */
export function readJson<T>(file: string, schema: z.ZodType<T>): T {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new PackError(`${file}: ${(error as Error).message}`)
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const first = parsed.error.issues[0]!
  throw new PackError(`${file}: at ${first.path.join('.') || 'the top'}: ${first.message}`)
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
    throw new PackError(`${dir}: there is no general/pack.json, which the others build on`)
  const general = loadPack(dir, 'general', undefined, owners)
  return [general, ...folders.filter((name) => name !== 'general').map((name) => loadPack(dir, name, general, owners))]
}

function loadPack(dir: string, folder: string, general: Pack | undefined, owners: Set<string>): Pack {
  const file = path.join(dir, folder, 'pack.json')
  const raw = readJson(file, packFile)
  if (raw.id !== folder) throw new PackError(`${file}: the id "${raw.id}" is not the name of its folder, "${folder}"`)
  const pack = extend(general, raw, file)
  checkPack(pack, owners, file)
  return pack
}

/** Throws {@link PackError} for an aspect that hands over to one that is not there or whose owner no department is. */
export function checkPack(pack: Pack, owners: ReadonlySet<string>, file: string): void {
  for (const aspect of pack.aspects) {
    const stranger = Object.keys(aspect.handsOver).find((id) => !pack.aspects.some((other) => other.id === id))
    if (stranger)
      throw new PackError(`${file}: aspect "${aspect.id}" hands over to "${stranger}", which is no aspect here`)
    if (!owners.has(aspect.owner)) {
      throw new PackError(
        `${file}: aspect "${aspect.id}" is owned by "${aspect.owner}", which departments.json does not know`,
      )
    }
  }
}

/** What a pack file makes of the pack that it builds on. Throws {@link PackError} where it lacks something. */
export function extend(general: Pack | undefined, raw: PackFile, file: string): Pack {
  // A word that the category claims for one aspect is no longer the word of another: 味道 is taste in fruit.
  const claimed = new Set(raw.aspects.flatMap((aspect) => [...aspect.terms, ...spoken(aspect)]))
  const inherited = (general?.aspects ?? [])
    .filter((aspect) => !raw.without.includes(aspect.id))
    .map((aspect) => withoutWords(aspect, claimed))
  const known = new Map(inherited.map((aspect) => [aspect.id, aspect]))
  const own = raw.aspects.map((aspect) => mergeAspect(known.get(aspect.id), aspect, file))
  const ownIds = new Set(own.map((aspect) => aspect.id))
  if (ownIds.size !== own.length) throw new PackError(`${file}: an aspect id occurs twice`)
  return {
    id: raw.id,
    zh: raw.zh,
    en: raw.en,
    match: raw.match,
    ignore: [...raw.ignore, ...(general?.ignore ?? [])],
    aspects: [...own, ...inherited.filter((aspect) => !ownIds.has(aspect.id))],
    scenes: mergeScenes(general?.scenes ?? [], raw.scenes, file),
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
  const free = (list: string[]) => list.filter((word) => !claimed.has(word))
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

function mergeAspect(base: Aspect | undefined, own: AspectFile, file: string): Aspect {
  const need = <T>(value: T | undefined, field: string): T => {
    if (value === undefined) throw new PackError(`${file}: aspect "${own.id}" needs "${field}"`)
    return value
  }
  const opinions = own.opinions ?? { positive: [], negative: [] }
  const ownOpinions = new Set([...opinions.positive, ...opinions.negative])
  const inheritedOpinions = (list: string[] | undefined) => (list ?? []).filter((word) => !ownOpinions.has(word))
  return {
    id: own.id,
    zh: need(own.zh ?? base?.zh, 'zh'),
    en: need(own.en ?? base?.en, 'en'),
    owner: need(own.owner ?? base?.owner, 'owner'),
    touchpoint: need(own.touchpoint ?? base?.touchpoint, 'touchpoint'),
    terms: [...own.terms, ...(base?.terms ?? [])],
    positive: [...own.positive, ...(base?.positive ?? [])],
    negative: [...own.negative, ...(base?.negative ?? [])],
    stands: own.stands ?? base?.stands ?? false,
    praises: [...own.praises, ...(base?.praises ?? [])],
    faults: [...own.faults, ...(base?.faults ?? [])],
    neutral: [...own.neutral, ...(base?.neutral ?? [])],
    opinions: {
      positive: [...opinions.positive, ...inheritedOpinions(base?.opinions.positive)],
      negative: [...opinions.negative, ...inheritedOpinions(base?.opinions.negative)],
    },
    handsOver: own.handsOver ?? base?.handsOver ?? {},
    ...((own.advice ?? base?.advice) ? { advice: own.advice ?? base?.advice } : {}),
  }
}

function mergeScenes(base: Scene[], own: PackFile['scenes'], file: string): Scene[] {
  const scenes = base.map((scene) => ({ ...scene, terms: [...scene.terms] }))
  for (const scene of own) {
    const known = scenes.find((candidate) => candidate.id === scene.id)
    if (known) known.terms.push(...scene.terms)
    else if (scene.zh && scene.en)
      scenes.push({ id: scene.id, who: scene.who, zh: scene.zh, en: scene.en, terms: scene.terms })
    else throw new PackError(`${file}: scene "${scene.id}" is not one of general and needs "zh" and "en"`)
  }
  return scenes
}

/** The pack whose category word is the category or, failing that, the longest one it contains; else `general`. */
export function choosePack(packs: Pack[], category: string | undefined): Pack {
  const general = packs[0]!
  if (!category) return general
  const wanted = category.trim().toLowerCase()
  let best = general
  let length = 0
  for (const pack of packs) {
    for (const word of [pack.id, ...pack.match]) {
      const match = word.toLowerCase()
      if (wanted === match) return pack
      if (match.length > length && wanted.includes(match)) [best, length] = [pack, match.length]
    }
  }
  return best
}
