import { type Random, Wheel } from './random.ts'

export interface City {
  name: string
  /** Its share of the customers, relative. */
  weight: number
  /** Typical days on the road. */
  transitDays: number
}

const city = (name: string, weight: number, transitDays: number): City => ({ name, weight, transitDays })
export const cities: readonly City[] = [
  city('上海', 8, 1.2),
  city('北京', 7.5, 1.4),
  city('杭州', 6, 1.1),
  city('成都', 6, 1.9),
  city('广州', 6, 1.5),
  city('武汉', 5.5, 1.5),
  city('深圳', 5.5, 1.5),
  city('南京', 5, 1.2),
  city('重庆', 5, 1.9),
  city('西安', 4.5, 1.8),
  city('长沙', 4.5, 1.6),
  city('郑州', 4.5, 1.5),
  city('苏州', 4, 1.2),
  city('合肥', 3.5, 1.3),
  city('青岛', 3, 1.6),
  city('济南', 3, 1.6),
  city('天津', 3, 1.5),
  city('宁波', 2.5, 1.3),
  city('福州', 2.5, 1.7),
  city('南昌', 2, 1.6),
  city('沈阳', 2, 2.1),
  city('昆明', 2, 2.4),
  city('贵阳', 1.5, 2.2),
  city('哈尔滨', 1.5, 2.6),
  city('石家庄', 1.5, 1.6),
  city('太原', 1.5, 1.8),
  city('南宁', 1.5, 2.1),
  city('兰州', 1, 2.5),
]
const cityWheel = new Wheel(cities.map((each) => each.weight))

/** Member tiers of the whole marketplace, lowest first: who is new in these shops may have any of them. */
const tiers = ['普通会员', '银卡', '金卡', '黑金'] as const
type Tier = (typeof tiers)[number]
const tierWheel = new Wheel([55, 26, 14, 5])

export interface Person {
  ref: string
  city: City
  channel: 'app' | 'mini_program' | 'web'
  /** Bought here before the first simulated day. */
  known: boolean
  /** Nothing that happens to a person hangs on it. */
  tier: Tier
  /** How kindly this person rates, in stars. */
  kindness: number
  /** How readily this person writes, a factor around 1. */
  talkative: number
  /** Whether the click log follows this person. */
  tracked: boolean
  /** As the site shows it: first and last sign of a nickname. */
  nickname: string
}

const nicknameSigns = [
  ...'小大阿老晴雨木子月星空风云山海鱼猫豆糖米果麦禾安宁乐可甜夏冬春秋北南夕晨林溪舟一二七九xyjkqtzm0358',
]

/** The person of a number, the same in every world of the seed. */
export function personOf(root: Random, index: number): Person {
  const random = root.fork(`person ${index}`)
  const channel = random.next()
  const person: Omit<Person, 'tier'> = {
    ref: `C${String(index + 1).padStart(6, '0')}`,
    city: cities[cityWheel.draw(random)]!,
    channel: channel < 0.68 ? 'app' : channel < 0.88 ? 'mini_program' : 'web',
    known: random.chance(0.42),
    kindness: random.normal(0, 0.35),
    talkative: Math.exp(random.normal(-0.08, 0.4)),
    tracked: random.chance(1 / 3),
    nickname: `${random.pick(nicknameSigns)}***${random.pick(nicknameSigns)}`,
  }
  return { ...person, tier: tiers[tierWheel.draw(random.fork('tier'))]! }
}
