import { describe, expect, test } from 'vitest'
import { loadReader } from './reader.ts'

const readers = [loadReader({ weightsFile: null }), loadReader()]

/** What is wanted of the whole: on the side of praise (+), of complaint (−), or at least not on the other side. */
type Side = '+' | '-' | 'not +' | 'not -'

const sides: Record<string, [string, Side][]> = {
  'a double negation and an idiom': [
    ['不是不好', 'not -'],
    ['质量不是不好', '+'],
    ['没什么不好', '+'],
    ['没有一点不满意', '+'],
    ['不能说不好', '+'],
    ['说不上差', '+'],
    ['不得不说好用', '+'],
    ['不是一般的好', '+'],
    ['好得不能再好', '+'],
    ['再好不过了', '+'],
    ['差得不能再差', '-'],
    ['一点都不吵', '+'],
    ['挑不出毛病', '+'],
    ['真的没话说', '+'],
    ['not bad at all', '+'],
    ["can't go wrong with this one", '+'],
    ["couldn't be happier", '+'],
    ['never had a problem', '+'],
  ],
  'a denied complaint that the weights alone would take for one': [
    ['一点都不刺眼', '+'],
    ['宝宝喝了不上火不便秘', '+'],
    ['几乎听不到声音', '+'],
  ],
  'what is excepted or was only thought': [
    ['除了充电口有点松，其他都挑不出毛病', '+'],
    ['以为是智商税，结果真好用', '+'],
    ['本来担心太薄，收到一看厚度正好', '+'],
  ],
  'what shall stop, and how bad it is': [
    ['别再推卸责任了', '-'],
    ['机器晃得厉害', '-'],
    ['洗完颜色掉得厉害', '-'],
  ],
  'what passes by itself': [
    ['鞋底有点硬，穿几天就好了', 'not +'],
    ['虽然贵但是值', 'not -'],
  ],
  'a mere question': [
    ['什么时候发货？', 'not -'],
    ['怎么还不发货？', '-'],
  ],
  'a degree that sounds like harm': [
    ['好用得离谱', '+'],
    ['暖和得不行', '+'],
    ['吵得离谱', '-'],
    ['热的快', '+'],
  ],
  'a complaint by its turn of speech': [
    ['连个说明书都没', '-'],
    ['开关按都按不动', '-'],
    ['说好的静音呢', '-'],
    ['连一点噪音都没有', '+'],
    ['问什么都不嫌烦，热情', '+'],
  ],
  'a word in another form': [
    ['用了两天就掉了漆', '-'],
    ['穿著很舒服', '+'],
    ['Quieter than my old one', '+'],
  ],
  'what takes too long': [
    ['热起来要等半天', '-'],
    ['等了半天才热', '-'],
  ],
  'a negation that hides': [
    ['不怎么好用', '-'],
    ['谈不上好', '-'],
    ['没有想象中那么好', '-'],
    ['没觉得多好', '-'],
    ['没以前好', '-'],
    ['质量没以前好了', '-'],
    ['要是便宜点就好了', '-'],
    ['差点没把我气死', '-'],
    ['不如之前那款', '-'],
    ['并没有说的那么好用', '-'],
    ['算不上满意', '-'],
    ["I don't like it", '-'],
    ["It isn't as good as I expected", '-'],
    ['hardly works', '-'],
    ['This is not worth the money at all', '-'],
  ],
  'a contrast': [
    ['除了贵没毛病', 'not -'],
    ['贵是贵但是值', 'not -'],
    ['质量不错就是有点贵', 'not -'],
    ['虽然贵但是质量好', 'not -'],
    ['除了价格以外都很好', 'not -'],
    ['非但不暖和反而漏电', '-'],
    ['Everything is great except the price', 'not -'],
    ["Although it's expensive, it works well", 'not -'],
  ],
  'a comparison': [
    ['比上一个好', '+'],
    ['比之前买的好用多了', '+'],
    ['better than my old one', '+'],
    ['不如之前买的好用', '-'],
    ['别人家的比这个好', '-'],
  ],
  'a question that asserts': [
    ['这也叫保温？', '-'],
    ['就这质量也好意思卖？', '-'],
    ['You call this quality?', '-'],
  ],
}

const holds = (score: number, side: Side) =>
  side === '+' ? score > 0 : side === '-' ? score < 0 : side === 'not -' ? score > -0.9 : score < 0.9

describe.each(Object.entries(sides))('%s', (_name, cases) => {
  test.each(cases)('%s is %s', (text, side) => {
    for (const reader of readers) {
      const { score, sentiment } = reader.read({ text, category: '取暖器' })
      expect(holds(score, side), `${score}`).toBe(true)
      if (side === 'not -') expect(sentiment).not.toBe('negative')
    }
  })
})

/** Aspect and polarity of each mention. */
const said = (text: string, category = '取暖器') =>
  loadReaderAlone(text, category).map(({ aspect, polarity }) => `${aspect} ${polarity}`)
const loadReaderAlone = (text: string, category: string) => readers[0]!.read({ text, category }).mentions

describe('an aspect', () => {
  test.each([
    ['除了价格贵以外都很好', 'price negative'],
    ['除了客服，其他都很差', 'service positive'],
    ['Everything is great except the price', 'price negative'],
    ['除了颜值高还很静音', 'noise positive'],
    ['没有一点异响', 'noise positive'],
    ['hardly any noise', 'noise positive'],
    ['一点都不吵', 'noise positive'],
    ['味道有点上头', 'smell negative'],
    ['质量没以前好了', 'quality negative'],
    ['价格便宜，但是质量差', 'quality negative'],
    ['价格便宜，但是质量差', 'price positive'],
    ['要是声音再小点就好了', 'noise negative'],
    ['怎么这么吵啊？', 'noise negative'],
    ['没两天就坏了', 'quality negative'],
    ['有异味怎么办', 'smell negative'],
    ['噪音几乎为零', 'noise positive'],
    ['噪音基本可以忽略', 'noise positive'],
    ['希望声音再小点', 'noise neutral'],
    ['本来以为很吵，没想到很安静', 'noise positive'],
  ])('%s: %s', (text, wanted) => {
    expect(said(text)).toContain(wanted)
  })

  test('is not blamed for what was only thought of it', () => {
    expect(said('本来以为很吵，没想到很安静')).not.toContain('noise negative')
    expect(said('以为很吵，退了')).toContain('noise negative')
  })

  test('has no scene from behind a turn', () => {
    const scenes = (text: string) =>
      loadReaderAlone(text, '取暖器').map(({ aspect, scene }) => `${aspect} ${scene ?? '-'}`)
    expect(scenes('热得快，但是晚上睡觉声音大')).toEqual(['heating -', 'noise sleep'])
    expect(scenes('晚上睡觉很暖和，但是声音有点大')).toEqual(['heating sleep', 'noise sleep'])
    expect(scenes('声音太大，晚上睡不着')).toContain('noise sleep')
  })

  test('is never both praised and blamed by an exception', () => {
    expect(said('除了价格贵以外都很好')).not.toContain('price positive')
    expect(said('除了颜值高还很静音')).not.toContain('appearance negative')
  })
})

describe('how much', () => {
  test.each([
    ['耳机', '低音下潜不够，佩戴舒适', 'sound negative'],
    ['护肤品', '用了一周，痘痘少了很多', 'acne positive'],
    ['智能马桶', '座圈加热忽冷忽热', 'smart_functions negative'],
    ['奶粉', '日期还有三个月就到期', 'freshness negative'],
    ['酒店', '隔音好到能听清隔壁在看什么电视', 'noise negative'],
  ])('of %s is told: %s', (category, text, wanted) => {
    expect(said(text, category)).toEqual(expect.arrayContaining([wanted]))
    const side = wanted.endsWith('negative') ? 'positive' : 'negative'
    expect(said(text, category)).not.toContain(wanted.replace(/\w+$/, side))
  })

  test('of anger or fault there is in the name of a thing is none', () => {
    for (const reader of readers)
      for (const thing of ['空气炸锅', '垃圾桶', '破壁机', '假发', '碎花裙', '报警器']) {
        const { emotion, score, intents, mentions } = reader.read({ text: `${thing}收到了，很好用` })
        const bad = mentions.filter(({ polarity }) => polarity === 'negative')
        expect([thing, emotion === 'angry', score > 0, bad, intents]).toEqual([thing, false, true, [], ['praise']])
      }
  })

  test('of a year or a month is no age of a child, and what does not light is no fire', () => {
    expect(loadReaderAlone('日期还有三个月就到期', '奶粉')[0]!.scene).toBe(null)
    expect(readers[0]!.read({ text: '打不着火', category: '热水器' }).urgency).toBe('none')
  })
})

describe('traditional characters', () => {
  test('are read as simplified ones, and quoted as they stand', () => {
    const text = '這個取暖器雜音很大，質量也沒話說的差'
    const [noise] = readers[0]!.read({ text, category: '取暖器' }).mentions
    expect(noise).toMatchObject({ aspect: 'noise', polarity: 'negative', term: '雜音' })
    expect(text.slice(noise!.start, noise!.end)).toBe('雜音很大')
  })

  test('give the reading of the same text in simplified ones', () => {
    for (const [traditional, simplified] of [
      ['這價錢真的不貴，質量也沒話說', '这价钱真的不贵，质量也没话说'],
      ['客服態度惡劣，發貨慢，還漏電', '客服态度恶劣，发货慢，还漏电'],
      ['晚上睡覺聲音太響，嚇得孩子直哭', '晚上睡觉声音太响，吓得孩子直哭'],
    ] as const) {
      const reading = readers[1]!.read({ text: traditional })
      const plain = readers[1]!.read({ text: simplified })
      expect(reading.score).toBe(plain.score)
      expect(reading.mentions.map((one) => [one.aspect, one.polarity, one.start, one.end])).toEqual(
        plain.mentions.map((one) => [one.aspect, one.polarity, one.start, one.end]),
      )
    }
  })
})
