import type { CategoryName } from '../categories.ts'
import { fruit } from './fruit.ts'
import { everyday, slots } from './general.ts'
import { heater } from './heater.ts'
import { hotel } from './hotel.ts'
import type { Pattern, Phrases, Slots } from './pattern.ts'
import { phone } from './phone.ts'
import { toilet } from './toilet.ts'
import { waterHeater } from './water-heater.ts'

export const phrasesOf: Record<CategoryName, Phrases> = {
  取暖器: heater,
  热水器: waterHeater,
  智能马桶: toilet,
  手机: phone,
  水果: fruit,
  酒店: hotel,
}

const allSlots = new Map(Object.entries(phrasesOf).map(([name, own]) => [name, { ...slots, ...own.slots }]))
export const slotsOf = (category: CategoryName): Slots => allSlots.get(category)!

/** The bank's entries for an aspect in a scene, else for the aspect anywhere, else the everyday ones. */
export function entries(
  bank: 'complaints' | 'sarcasm' | 'reasons',
  category: CategoryName,
  aspect: string,
  scene: string | null,
): readonly Pattern[] {
  const own = phrasesOf[category][bank]
  const shared = everyday[bank]
  return own[`${aspect}/${scene}`] ?? own[aspect] ?? shared[`${aspect}/${scene}`] ?? shared[aspect] ?? []
}

/** Can the grammar speak of this aspect? Without a category: in every one of them. */
export function knowsClauses(category: CategoryName | undefined, aspect: string, scene: string | null): boolean {
  const asked = category ? [category] : (Object.keys(phrasesOf) as CategoryName[])
  return asked.every((name) => entries('complaints', name, aspect, scene).length > 0)
}
