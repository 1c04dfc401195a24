import { englishNames } from '../demo/categories.ts'
import { describedFactor } from '../measure/drivers/factor.ts'
import type { Aspect, Department, Pack } from '../understand/packs.ts'

export interface Named {
  id: string
  zh: string
  en: string
}

/** What people call things, as the packs give it; and which department owns what. */
export interface Names {
  aspects: (Named & { owner: string; touchpoint: string })[]
  scenes: Named[]
  departments: Named[]
  aspect(id: string): Named
  scene(id: string): Named
  /** The department that owns an aspect in a category, or an operation fact. */
  owner(about: { category: string; factor: string; aspect: string; value?: string | undefined }): string
  /** The touchpoint at which a driver is felt; undefined where nothing says so. */
  touchpoint(about: { factor: string; aspect: string }): string | undefined
  /** A category's own name; in English its pack's where the pack is about just that, or what the demo market calls it. */
  category(name: string): Named
  /** The same as look-ups, for the measuring room, which knows no packs. */
  forMeasure: {
    aspects: ReadonlyMap<string, Named & { touchpoint: string }>
    scenes: ReadonlyMap<string, Named>
    category(name: string): Named
  }
  advice(about: { category: string; factor: string; aspect: string }): { zh: string; en: string } | null
}

/** Who mends what is not an aspect of the goods but a fact of the operation. */
const ownerOfTouchpoint: Record<string, string> = {
  'fulfil.deliver': 'delivery',
  'fulfil.install': 'installation',
  'aftersale.service': 'customer-service',
  'browse.detail': 'product-content',
  'trade.pay': 'software',
  'trade.checkout': 'pricing',
}

export function collectNames(
  packs: readonly Pack[],
  departments: readonly Department[],
  packFor: (category: string | undefined) => Pack,
): Names {
  const aspects = unique(packs.flatMap((pack) => pack.aspects))
  const scenes = unique(packs.flatMap((pack) => pack.scenes))
  const aspectById = new Map(aspects.map((aspect) => [aspect.id, aspect]))
  const sceneById = new Map(scenes.map((scene) => [scene.id, scene]))
  const inPack = (category: string, id: string): Aspect | undefined =>
    packFor(category || undefined).aspects.find((aspect) => aspect.id === id) ?? aspectById.get(id)
  const category = (name: string): Named => {
    const pack = packFor(name || undefined)
    return { id: name, zh: name, en: englishNames.get(name) ?? (name.endsWith(pack.zh) ? pack.en : name) }
  }
  return {
    aspects: aspects.map(({ id, zh, en, owner, touchpoint }) => ({ id, zh, en, owner, touchpoint })),
    scenes: scenes.map(({ id, zh, en }) => ({ id, zh, en })),
    departments: [...departments],
    category,
    forMeasure: { aspects: aspectById, scenes: sceneById, category },
    aspect: (id) => aspectById.get(id) ?? { id, zh: id, en: id },
    scene: (id) => sceneById.get(id) ?? { id, zh: id, en: id },
    owner({ category, factor, aspect, value = '' }) {
      if (factor === 'touchpoint')
        return ownerOfTouchpoint[value] ?? ownerAt(packFor(category || undefined).aspects, value) ?? departments[0]!.id
      if (factor === 'aspect') return inPack(category, aspect)?.owner ?? departments[0]!.id
      return ownerOfTouchpoint[describedFactor(factor)?.touchpoint ?? ''] ?? departments[0]!.id
    },
    touchpoint: ({ factor, aspect }) =>
      factor === 'aspect' ? aspectById.get(aspect)?.touchpoint : describedFactor(factor)?.touchpoint,
    advice: ({ category, factor, aspect }) =>
      (factor === 'aspect' ? inPack(category, aspect)?.advice : describedFactor(factor)?.advice) ?? null,
  }
}

/** Who owns most of what a pack can say of a touchpoint. */
function ownerAt(aspects: readonly Aspect[], touchpoint: string): string | undefined {
  const owners = new Map<string, number>()
  for (const aspect of aspects)
    if (aspect.touchpoint === touchpoint) owners.set(aspect.owner, (owners.get(aspect.owner) ?? 0) + 1)
  return [...owners].sort(([, one], [, other]) => other - one)[0]?.[0]
}

function unique<T extends { id: string }>(all: readonly T[]): T[] {
  const byId = new Map<string, T>()
  for (const one of all) if (!byId.has(one.id)) byId.set(one.id, one)
  return [...byId.values()]
}
