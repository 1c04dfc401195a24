import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { choosePack } from './choose-pack.ts'
import { DEFAULT_PACKS_DIR, loadPacks } from './packs.ts'

interface Gold {
  text: string
  expect: { aspect: string; polarity: string; scene?: string }[]
}

interface RawAspect {
  id: string
  [field: string]: unknown
}

const packs = loadPacks()
/** Every pack but the one that all build on. */
const complete = packs.slice(1).map((pack) => pack.id)
const general = new Set(packs[0]!.aspects.map((aspect) => aspect.id))

const raw = (id: string): { aspects: RawAspect[]; scenes?: unknown[] } =>
  JSON.parse(readFileSync(path.join(DEFAULT_PACKS_DIR, id, 'pack.json'), 'utf8'))

function goldOf(id: string): Gold[] {
  const file = path.join(DEFAULT_PACKS_DIR, id, 'gold.jsonl')
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line) as Gold)
}

/** The aspects that the gold cases complain of. */
function complaints(cases: Gold[]): string[] {
  const negative = cases.flatMap((gold) => gold.expect).filter(({ polarity }) => polarity === 'negative')
  return [...new Set(negative.map(({ aspect }) => aspect))]
}

const namingFields = ['terms', 'positive', 'negative', 'praises', 'faults', 'neutral']

const wordsOf = (aspect: RawAspect): string[] =>
  namingFields.flatMap((field) => {
    const value = (aspect[field] ?? []) as string | string[]
    return typeof value === 'string' ? value.split('|') : value
  })

describe.each(complete)('the %s pack', (id) => {
  const pack = packs.find((candidate) => candidate.id === id)!

  test('has its own know-how: aspects, scenes, page suggestions and gold cases', () => {
    const file = raw(id)
    const own = file.aspects.filter((aspect) => !general.has(aspect.id))
    expect(own.length).toBeGreaterThanOrEqual(6)
    expect(file.aspects.length).toBeGreaterThanOrEqual(10)
    expect(file.scenes?.length ?? 0).toBeGreaterThanOrEqual(3)
    expect(file.aspects.filter((aspect) => aspect.page).length).toBeGreaterThanOrEqual(3)
    expect(goldOf(id).length).toBeGreaterThanOrEqual(30)
  })

  test('says what to do about every aspect that its gold cases complain of', () => {
    const advised = pack.aspects.filter((aspect) => aspect.advice).map((aspect) => aspect.id)
    expect(advised).toEqual(expect.arrayContaining(complaints(goldOf(id))))
  })

  test('has gold cases in English, with two aspects, with praise, complaint and scene, and none twice', () => {
    const cases = goldOf(id)
    expect(new Set(cases.map((gold) => gold.text)).size).toBe(cases.length)
    expect(cases.filter((gold) => /^[ -~’]+$/.test(gold.text)).length).toBeGreaterThanOrEqual(4)
    expect(cases.filter((gold) => gold.expect.length > 1).length).toBeGreaterThanOrEqual(5)
    const said = cases.flatMap((gold) => gold.expect)
    for (const polarity of ['positive', 'negative'])
      expect(said.some((mention) => mention.polarity === polarity)).toBe(true)
    expect(said.filter((mention) => mention.scene).length).toBeGreaterThanOrEqual(3)
    const known = [pack.aspects, pack.scenes].map((list) => new Set(list.map((part) => part.id)))
    expect(said.filter(({ aspect, scene }) => !known[0]!.has(aspect) || (scene && !known[1]!.has(scene)))).toEqual([])
  })
})

test.each(complete)('no word of the %s pack is claimed by two of its aspects', (id) => {
  const claims = new Map<string, string>()
  const twice: string[] = []
  for (const aspect of raw(id).aspects) {
    for (const word of new Set(wordsOf(aspect))) {
      const other = claims.get(word)
      if (other) twice.push(`${word}: ${other} and ${aspect.id}`)
      claims.set(word, aspect.id)
    }
  }
  expect(twice).toEqual([])
})

test('an aspect of several packs has one name', () => {
  const names = new Map<string, string>()
  for (const pack of packs) {
    for (const { id, zh, en } of pack.aspects) {
      expect(`${zh} / ${en}`, `${id} in ${pack.id}`).toBe(names.get(id) ?? `${zh} / ${en}`)
      names.set(id, `${zh} / ${en}`)
    }
  }
})

const categories: Record<string, string> = {
  heater: '取暖器|油汀|家用暖风机|浴霸|Space Heater|Bathroom heater|小太阳取暖器',
  'water-heater': '热水器|燃气热水器|电热水器|小厨宝|壁挂炉|Water Heaters|热水器安装',
  toilet: '马桶|智能马桶盖|花洒|浴室柜|水龙头|卫浴|Toilets|Bathroom Faucet|Bidet',
  refrigerator: '冰箱|对开门冰箱|冰柜|Refrigerators|Mini Fridge|冷柜',
  'washing-machine': '洗衣机|滚筒洗衣机|烘干机|洗烘一体机|Washing Machines|Tumble dryer',
  'air-conditioner': '空调|空调挂机|中央空调|Air Conditioners|Portable AC',
  tv: '电视|智能电视|电视机|投影仪|TVs|Smart TV|Television',
  phone: '手机|苹果手机|智能手机|老人机|5G手机|Cell Phones|Smartphone|Mobile Phones',
  laptop: '笔记本电脑|电脑|游戏本|台式机|计算机|Laptops|Gaming PC|Desktop Computers',
  tablet: '平板|平板电脑|iPad|学习机|电子书阅读器|Tablets|Kindle',
  headphones: '耳机|蓝牙耳机|头戴式耳机|音箱|Headphones|Wireless Earbuds|Bluetooth Speaker',
  camera: '相机|行车记录仪|单反相机|微单|监控摄像头|拍立得|Digital Cameras|Security Camera',
  printer: '打印机|激光打印机|复印机|扫描仪|墨盒|Printers|Scanner|Toner cartridge',
  'kitchen-appliance':
    '厨房小电|电饭煲|空气炸锅|豆浆机|破壁机|电水壶|电热水壶|热水壶|微波炉|Rice Cooker|Air Fryer|Dishwasher|Electric Kettle',
  furniture: '床|双人床|沙发|衣柜|电视柜|电脑桌|电脑椅|书桌|Sofas|TV Stand|Office Chair|Dining Table',
  lighting: '台灯|吸顶灯|灯具|小夜灯|灯泡|Desk Lamp|Light Bulbs|Ceiling Light|Table Lamp',
  bedding: '床上用品|四件套|床垫|乳胶枕|蚕丝被|凉席|家纺|Bedding|Mattress|Mattresses|Pillows|Duvet Covers',
  clothing: '女装|连衣裙|羽绒服|牛仔裤|内衣|保暖内衣|Dresses|Jackets|Jeans|Petite Size|Underwear',
  shoes: '运动鞋|女鞋|童鞋|雪地靴|拖鞋|Sneakers|Running Shoes|Boots|Sandals',
  bags: '双肩包|行李箱|钱包|电脑包|女包|Backpacks|Luggage|Handbags|Wallets',
  makeup: '口红|粉底液|眼影|香水|彩妆|Lipsticks|Mascara|Make-up|Perfume',
  skincare: '面膜|洗面奶|防晒霜|护肤套装|精华液|Skin Care|Sunscreen|Face Masks|Hand Cream',
  shampoo: '洗发水|沐浴露|牙膏|抽纸|卫生巾|Shampoo|Body Wash|Toothbrush|Shower Gel',
  'mother-baby': '纸尿裤|婴儿奶粉|奶瓶|安全座椅|益智玩具|Diapers|Strollers|Baby Bottles|Toys|Car Seats',
  milk: '牛奶|酸奶|绿茶|咖啡|白酒|Milk|Coffee|Green Tea|Beverages',
  snacks: '坚果|饼干|方便面|大米|蜂蜜|零食大礼包|Snacks|Chocolate|Cookies|Groceries',
  fruit: '水果|苹果|车厘子|生鲜|鸡蛋|新鲜蔬菜|Fruits|Fresh Produce|Avocados',
  health: '保健品|维生素|血压计|按摩椅|隐形眼镜|Vitamins|Supplements|Massagers|Contact Lenses',
  pet: '猫粮|狗粮|猫砂|宠物用品|宠物玩具|Pet Supplies|Dog Food|Cat Litter|Aquariums',
  'car-accessories': '脚垫|车载充电器|雨刮|机油|汽车用品|Car Accessories|Floor Mats|Wipers|Helmets',
  book: '图书|绘本|小说|考研资料|教材教辅|Books|Textbooks|Novels|Picture Books',
  hotel: '酒店|民宿|景区门票|机票|亲子酒店|Hotels|Homestay|Flights|Apartments',
  general: '手机壳|手机膜|冰箱贴|数据线|充电宝|Phone Case|文具|Popcorn machine parts|Competitive price|Booking|Address',
}

test.each(Object.entries(categories))('category words choose the %s pack', (id, words) => {
  const chosen = words.split('|').map((word) => [word, choosePack(packs, word).id])
  expect(chosen).toEqual(words.split('|').map((word) => [word, id]))
})

test('in a text without a category the word that comes first chooses, and Latin words must be whole', () => {
  expect(choosePack(packs, '手机和苹果一起到的').id).toBe('phone')
  expect(choosePack(packs, '苹果和手机一起到的').id).toBe('fruit')
  expect(choosePack(packs, 'A competitive price, the booking went to my old address').id).toBe('general')
})
