import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { array, strictObject, string } from '../core/shape.ts'
import {
  type AspectFile,
  PackError,
  type PackFile,
  packFile,
  packId,
  parseJson,
  readJson,
  refuse,
  type Source,
} from './pack-file.ts'

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

const departmentFile = array(strictObject({ id: packId, zh: string(), en: string() }))

export const DEFAULT_PACKS_DIR = path.resolve(import.meta.dirname, '../../packs')

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
  const claimed = new Set<string>()
  for (const aspect of raw.aspects) for (const list of saidBy(aspect)) for (const word of list) claimed.add(word)
  const losing = new Set<Aspect>()
  const sayers = general ? sayersOf(general) : noSayers
  for (const word of claimed) for (const aspect of sayers.get(word) ?? none) losing.add(aspect)
  const inherited = (general?.aspects ?? [])
    .filter((aspect) => !raw.without.includes(aspect.id))
    .map((aspect) => (losing.has(aspect) ? withoutWords(aspect, claimed) : aspect))
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

/** The lists of the words that an aspect is named or judged by, but for those that depend on it. */
const saidBy = (aspect: AspectFile | Aspect): string[][] => [
  aspect.terms,
  aspect.positive,
  aspect.negative,
  aspect.praises,
  aspect.faults,
  aspect.neutral,
]

const none: readonly Aspect[] = []
const noSayers: ReadonlyMap<string, Aspect[]> = new Map()
const allSayers = new WeakMap<Pack, Map<string, Aspect[]>>()

/** The aspects of a pack by the words that they say: thirty packs look few words up in thousands of the general one. */
function sayersOf(pack: Pack): ReadonlyMap<string, Aspect[]> {
  let byWord = allSayers.get(pack)
  if (!byWord) {
    byWord = new Map()
    for (const aspect of pack.aspects) {
      for (const list of saidBy(aspect)) {
        for (const word of list) {
          const known = byWord.get(word)
          if (known) known.push(aspect)
          else byWord.set(word, [aspect])
        }
      }
    }
    allSayers.set(pack, byWord)
  }
  return byWord
}

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
