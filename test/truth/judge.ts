import { categories } from '../../src/demo/categories.ts'
import type { Story } from '../../src/demo/stories.ts'
import type { StoryTruth } from '../../src/demo/truth.ts'
import type { Driver } from '../../src/measure/drivers/find.ts'
import type { Names } from '../../src/measure/drivers/sentences.ts'

export interface Judged {
  story: StoryTruth
  /** Its place among the findings about its category, from 1; null where it is not among them. */
  place: number | null
  /** Told with the very scene that was planted. */
  scene: boolean
}

/** What the market's grammar calls one thing and the knowledge packs another. */
const packNames: Record<string, readonly string[]> = {
  logistics: ['delivery_speed', 'delivery_service'],
  installation: ['installation_time', 'installation_service'],
  temperature: ['water_temp'],
  flush: ['flushing'],
  seat: ['seat_lid'],
  heat: ['cooling'],
  lag: ['speed'],
  size: ['size_fit'],
  front_desk: ['service'],
  parking: ['facilities'],
  weight: ['size_fit'],
}
const isCalled = (word: string | null, aspect: string): boolean =>
  word !== null && (word === aspect || packNames[word]?.includes(aspect) === true)

/** Each planted story held against what was found. */
export function judge(stories: readonly StoryTruth[], drivers: readonly Driver[]): Judged[] {
  return stories.map((story) => {
    const about = drivers.filter((one) => one.category === '' || one.category === story.category)
    const things = distinct(about)
    const at = things.findIndex((one) => tells(one, story))
    return {
      story,
      place: at < 0 ? null : at + 1,
      scene: things.some((one) => tells(one, story) && one.scene === (story.scene ?? '')),
    }
  })
}

/** One thing once, whatever the outcome. */
function distinct(drivers: readonly Driver[]): Driver[] {
  const keyOf = (one: Driver) => JSON.stringify([one.category, one.factor, one.aspect, one.scene, one.value])
  return drivers.filter((one, at) => drivers.findIndex((other) => keyOf(other) === keyOf(one)) === at)
}

function tells(driver: Driver, story: Pick<StoryTruth, 'kind' | 'category' | 'aspect' | 'scene'>): boolean {
  if (driver.category !== '' && driver.category !== story.category) return false
  switch (story.kind) {
    case 'late_delivery':
    case 'late_installation':
      return driver.factor === story.kind
    case 'slow_merchant':
      return driver.factor === 'slow_answer' || (driver.factor === 'aspect' && driver.aspect === 'service')
    default:
      return (
        driver.factor === 'aspect' &&
        isCalled(story.aspect, driver.aspect) &&
        (driver.scene === '' || driver.scene === story.scene)
      )
  }
}

/**
 * Findings that nothing in the world accounts for. True are the planted stories (a damaged parcel is also a rough courier), the everyday
 * faults of the category where they have an effect, everyday lateness, slow answers, and that shops differ in how soon they dispatch.
 */
export function unaccounted(
  drivers: readonly Driver[],
  stories: readonly StoryTruth[],
  aspects: Names['aspects'],
): Driver[] {
  const accounts = (driver: Driver) => isEveryday(driver) || stories.some((story) => belongs(driver, story))
  return drivers.filter((driver) => !toldAs(driver, aspects).some(accounts))
}

/** A touchpoint is true where anything that belongs to it is. */
function toldAs(driver: Driver, aspects: Names['aspects']): Driver[] {
  if (driver.factor !== 'touchpoint') return [driver]
  const mine = [...aspects].filter(([, { touchpoint }]) => touchpoint === driver.value)
  return mine.map(([aspect]) => ({ ...driver, factor: 'aspect', aspect }))
}

function belongs(driver: Driver, story: StoryTruth): boolean {
  if (tells(driver, story)) return true
  if (driver.category !== '' && driver.category !== story.category) return false
  // Where and to whom a planted story happens fares worse: true, if told another way.
  const places: string[] = [...(story.cities ?? [])]
  if (driver.factor === 'city') return places.includes(driver.value ?? '')
  if (driver.factor === 'customer') return story.kind === 'page_guidance_missed' && driver.value === 'new'
  if (driver.factor === 'merchant') return story.kind === 'slow_merchant'
  // What customers say of lateness and of waiting for an answer.
  if (driver.factor === 'aspect' && story.kind === 'packaging_damage') return driver.aspect === 'delivery_service'
  if (driver.factor === 'aspect' && story.kind === 'late_delivery') return isCalled('logistics', driver.aspect)
  if (driver.factor === 'aspect' && story.kind === 'late_installation') return isCalled('installation', driver.aspect)
  return false
}

const lateness = new Set(['late_delivery', 'late_installation', 'slow_answer', 'long_late'])
const ofService = ['logistics', 'service', 'installation']

function isEveryday(driver: Driver): boolean {
  if (lateness.has(driver.factor)) return true
  if (driver.factor === 'merchant') return driver.outcome === 'late'
  if (driver.factor !== 'aspect') return false
  if (ofService.some((word) => isCalled(word, driver.aspect)) && driver.outcome !== 'return') return true
  const faults = categories.find(({ name }) => name === driver.category)?.faults ?? []
  return faults.some(
    (fault) =>
      isCalled(fault.aspect, driver.aspect) &&
      (driver.scene === '' || driver.scene === fault.scene) &&
      (driver.outcome === 'return' ? (fault.effects.returnProb ?? 0) > 0 : (fault.effects.rating ?? 0) < 0),
  )
}

export const kindsOf = (stories: readonly Story[]): string => stories.map(({ kind }) => kind).join(', ')
