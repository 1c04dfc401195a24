import type { Effects } from './trouble.ts'

export const categoryNames = ['取暖器', '热水器', '智能马桶', '手机', '水果', '酒店'] as const
export type CategoryName = (typeof categoryNames)[number]

/** In English, those of which no pack is about just that: a pack of hotels is one of travel too. */
export const englishNames: ReadonlyMap<string, string> = new Map<CategoryName, string>([
  ['智能马桶', 'Smart toilet'],
  ['酒店', 'Hotel'],
])

/** Something that goes wrong now and then in any world, story or not. */
interface Fault {
  aspect: string
  scene: string | null
  /** Share of orders. */
  share: number
  effects: Effects
}

export interface CategorySpec {
  name: CategoryName
  /** Share of all orders. */
  share: number
  products: number
  brands: readonly string[]
  shop: string
  models: readonly string[]
  /** Whether titles carry a model code. */
  coded: boolean
  attributes: Readonly<Record<string, readonly (string | number)[]>>
  priceYuan: readonly [number, number]
  /** Demand by month, January first. */
  months: readonly number[]
  ships: boolean
  installs: boolean
  /** Probability of a return for no reason that the world models (changed mind, bought twice). */
  returnProb: number
  cancelProb: number
  faults: readonly Fault[]
}

const fault = (aspect: string, scene: string | null, share: number, rating: number, returnProb = 0): Fault => ({
  aspect,
  scene,
  share,
  effects: { rating, nps: rating * 1.7, returnProb, complainProb: 0.12 },
})

export const categories: readonly CategorySpec[] = [
  {
    name: '取暖器',
    share: 0.33,
    products: 30,
    brands: ['暖栖', '炉小橘', '冬屿'],
    shop: '电器旗舰店',
    models: ['暖风机', '油汀取暖器', '踢脚线取暖器', '石墨烯取暖器', '塔式暖风机', '小太阳'],
    coded: true,
    attributes: { power: ['1500W', '2000W', '2200W'], control: ['遥控款', '旋钮款', '触控款'] },
    priceYuan: [119, 699],
    months: [1.4, 1.15, 0.8, 0.5, 0.35, 0.3, 0.3, 0.35, 0.6, 1, 1.35, 1.5],
    ships: true,
    installs: false,
    returnProb: 0.036,
    cancelProb: 0.028,
    faults: [
      fault('noise', 'office', 0.06, -0.5),
      fault('noise', 'living_room', 0.07, -0.4),
      fault('heating', null, 0.06, -0.9, 0.1),
      fault('power_use', null, 0.05, -0.4, 0.01),
      fault('smell', 'first_use', 0.045, -0.6, 0.04),
      fault('appearance', null, 0.02, -0.4, 0.02),
      fault('packaging', 'unboxing', 0.02, -0.6, 0.02),
      fault('price', null, 0.03, -0.5, 0.02),
      fault('quality', null, 0.018, -1.6, 0.22),
    ],
  },
  {
    name: '热水器',
    share: 0.14,
    products: 26,
    brands: ['泉沐', '涌热坊'],
    shop: '厨卫旗舰店',
    models: ['储水式电热水器', '恒温燃气热水器', '速热电热水器', '零冷水燃气热水器'],
    coded: true,
    attributes: { capacity: ['40L', '50L', '60L', '80L', '12升', '16升'], efficiency: ['一级能效', '二级能效'] },
    priceYuan: [699, 3299],
    months: [1.15, 1.05, 1, 0.9, 0.9, 1, 0.8, 0.8, 0.95, 1.1, 1.3, 1.25],
    ships: true,
    installs: true,
    returnProb: 0.034,
    cancelProb: 0.03,
    faults: [
      fault('installation_fee', 'install', 0.07, -1, 0.02),
      fault('heating', 'bath', 0.05, -0.7, 0.04),
      fault('temperature', 'bath', 0.04, -0.8, 0.05),
      fault('leak', null, 0.015, -1.7, 0.25),
      fault('noise', 'bath', 0.03, -0.5, 0.01),
      fault('price', null, 0.03, -0.5, 0.01),
      fault('service', null, 0.03, -0.8, 0.02),
    ],
  },
  {
    name: '智能马桶',
    share: 0.08,
    products: 22,
    brands: ['净岚', '序洁'],
    shop: '卫浴旗舰店',
    models: ['智能马桶一体机', '无水箱智能马桶', '全自动智能马桶', '即热式智能马桶'],
    coded: true,
    attributes: { pitDistance: ['坑距305mm', '坑距400mm', '坑距250-400mm'], flush: ['虹吸式', '直冲式'] },
    priceYuan: [1199, 4999],
    months: [0.8, 0.8, 1.1, 1.1, 1.1, 1.15, 0.9, 0.9, 1.1, 1.1, 1.2, 1],
    ships: true,
    installs: true,
    returnProb: 0.034,
    cancelProb: 0.032,
    faults: [
      fault('pit_distance', 'install', 0.02, -1.2, 0.3),
      fault('flush', null, 0.05, -0.8, 0.03),
      fault('seat', 'winter_use', 0.03, -0.5, 0.02),
      fault('leak', null, 0.02, -1.5, 0.18),
      fault('installation_fee', 'install', 0.05, -0.8, 0.02),
      fault('packaging', 'unboxing', 0.02, -0.7, 0.05),
    ],
  },
  {
    name: '手机',
    share: 0.14,
    products: 26,
    brands: ['澜讯', '越刻'],
    shop: '手机旗舰店',
    models: ['轻薄5G手机', '长续航手机', '影像旗舰手机', '大屏长辈手机', '性能手机'],
    coded: true,
    attributes: { memory: ['8+128G', '8+256G', '12+256G', '12+512G'], color: ['曜石黑', '云雾白', '湖水青', '浅杏'] },
    priceYuan: [899, 4599],
    months: [1.05, 1, 1, 0.95, 1, 1.1, 0.9, 0.95, 1.1, 1.05, 1.25, 1.1],
    ships: true,
    installs: false,
    returnProb: 0.034,
    cancelProb: 0.03,
    faults: [
      fault('battery', 'commute', 0.05, -0.7, 0.04),
      fault('heat', 'gaming', 0.05, -0.7, 0.05),
      fault('lag', null, 0.035, -1, 0.1),
      fault('camera', 'night', 0.03, -0.4, 0.02),
      fault('signal', null, 0.025, -0.9, 0.1),
      fault('screen', null, 0.02, -0.9, 0.12),
      fault('price', null, 0.05, -0.6, 0.03),
    ],
  },
  {
    name: '水果',
    share: 0.22,
    products: 26,
    brands: ['枝上鲜集', '果坡里'],
    shop: '生鲜店',
    models: ['脐橙', '红富士苹果', '阳光玫瑰葡萄', '丑橘', '奶油草莓', '车厘子', '贵妃芒果', '软籽石榴'],
    coded: false,
    attributes: { weight: ['3斤装', '5斤装', '9斤装'], grade: ['大果', '中果', '礼盒装'] },
    priceYuan: [26, 169],
    months: [1.25, 1.1, 1, 1, 1.05, 1.1, 1.05, 1, 1.1, 1, 1, 1.1],
    ships: true,
    installs: false,
    returnProb: 0.014,
    cancelProb: 0.02,
    faults: [
      fault('freshness', 'unboxing', 0.07, -1.3, 0.18),
      fault('taste', null, 0.06, -0.9, 0.04),
      fault('size', null, 0.05, -0.7, 0.04),
      fault('weight', null, 0.03, -0.9, 0.06),
      fault('packaging', 'unboxing', 0.03, -0.7, 0.05),
    ],
  },
  {
    name: '酒店',
    share: 0.12,
    products: 20,
    brands: ['泊澜'],
    shop: '酒店预订',
    models: ['高级大床房', '舒适双床房', '亲子家庭房', '商务套房', '湖景大床房'],
    coded: false,
    attributes: {
      branch: ['城中店', '高铁站店', '老街店', '湖畔店', '会展店'],
      breakfast: ['含双早', '无早'],
      star: [3, 4, 5],
    },
    priceYuan: [229, 899],
    months: [0.9, 1.1, 0.9, 1, 1.15, 1, 1.3, 1.3, 0.95, 1.25, 0.9, 0.9],
    ships: false,
    installs: false,
    returnProb: 0.006,
    cancelProb: 0.06,
    faults: [
      fault('noise', 'sleep', 0.06, -1, 0.03),
      fault('cleanliness', null, 0.045, -1.2, 0.06),
      fault('facilities', null, 0.06, -0.8, 0.02),
      fault('breakfast', 'breakfast', 0.05, -0.5),
      fault('front_desk', 'check_in', 0.04, -0.9, 0.02),
      fault('parking', null, 0.03, -0.4),
    ],
  },
]
