import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadReader } from './reader.ts'

const reader = loadReader({ weightsFile: null })
const mentionsOf = (text: string, category?: string) => reader.read({ text, category }).mentions

describe('the condition under which it was so', () => {
  test.each([
    ['用了两天就漏水', '热水器', '用了两天'],
    ['装好不到一个月就漏电了', '热水器', '装好不到一个月'],
    ['一洗澡就漏水', '热水器', '一洗澡'],
    ['没两天就坏了', '热水器', '没两天'],
    ['每次洗澡都忽冷忽热', '热水器', '每次洗澡'],
    ['开机的时候声音很大', '取暖器', '开机的时候'],
    ['只要开最大档就有异味', '取暖器', '只要开最大档'],
    ['如果水压低就漏水', '热水器', '如果水压低'],
    ['買了三個月就漏水', '热水器', '買了三個月'],
    ['背了不到俩礼拜拉链就坏了', '箱包', '背了不到俩礼拜'],
    ['翻两次就散页', '书籍', '翻两次'],
    ['喝口水就掉色', '化妆品', '喝口水'],
    ['灯一开就嗡嗡响', '灯', '灯一开'],
    ['半个月没用就堵头', '打印机', '半个月没用'],
    ['吃了两瓶没有效果', '保健品', '吃了两瓶'],
    ['It broke after two weeks', undefined, 'after two weeks'],
    ['When I turn it on it smells like burning', '取暖器', 'When I turn it on'],
    ['If the pressure is low, it leaks', '热水器', 'If the pressure is low'],
  ])('%s', (text, category, condition) => {
    const found = mentionsOf(text, category).find((mention) => mention.polarity === 'negative')?.condition
    expect(found?.text).toBe(condition)
    expect(text.slice(found!.start, found!.end)).toBe(condition)
  })

  test.each([
    ['用了两天就漏水了，客服还不理人', '热水器', ['用了两天', undefined]],
    ['开机的时候嗡嗡响，但是制热很快', '取暖器', ['开机的时候', undefined]],
    ['用了一个月，电池不行了，屏幕也花了', '手机', ['用了一个月', '用了一个月']],
  ])('%s: holds for what it was said of, and for what follows where it stood alone', (text, category, conditions) => {
    expect(mentionsOf(text, category).map(({ condition }) => condition?.text)).toEqual(conditions)
  })

  test.each([
    ['等了三天还是漏水', '热水器'],
    ['不一会就漏水', '热水器'],
    ['问了两遍，客服态度差', '热水器'],
  ])('is not what was waited for or said: %s', (text, category) => {
    expect(mentionsOf(text, category).map(({ condition }) => condition)).toEqual([null])
  })

  test('is not made of a wish, of 一直 or of what stands in another sentence', () => {
    expect(mentionsOf('如果声音小一点就好了', '取暖器')[0]?.condition).toBeNull()
    expect(mentionsOf('一直就漏水', '热水器')[0]?.condition).toBeNull()
    expect(mentionsOf('用了两天。客服态度差', '热水器').at(-1)?.condition).toBeNull()
  })
})

describe('the cause that the writer gives', () => {
  test.each([
    ['因为盒子太薄，到手就碎了', undefined, '盒子太薄'],
    ['由于快递暴力分拣，盒子破损', undefined, '快递暴力分拣'],
    ['密封圈没装好导致漏水', '热水器', '密封圈没装好'],
    ['泡沫太少，所以到手就碎了', undefined, '泡沫太少'],
    ['It leaks because the seal is thin', '热水器', 'the seal is thin'],
  ])('%s', (text, category, cause) => {
    const found = mentionsOf(text, category)
      .filter((mention) => mention.polarity === 'negative')
      .map((mention) => mention.cause?.text)
    expect(found).toContain(cause)
  })

  test('is not the cause of itself', () => {
    const [box] = mentionsOf('因为盒子太薄，到手就碎了')
    expect([box?.term, box?.cause]).toEqual(['盒子', null])
  })
})

test('a scene is quoted with all its words', () => {
  const text = '晚上睡觉声音很大'
  const [noise] = mentionsOf(text, '取暖器')
  expect(noise?.scene).toBe('sleep')
  expect(text.slice(noise!.sceneAt!.start, noise!.sceneAt!.end)).toBe('晚上睡觉')
})

const parts =
  '因为|由于|导致|所以|如果|只要|每次|一|就|用了|两天|三个月|的时候|声音|漏水|太大|好|，|。| after | two weeks | because |it |leaks '
test('every span lies in the text and holds the words that it quotes', () => {
  const text = fc.array(fc.constantFrom(...parts.split('|')), { maxLength: 30 }).map((words) => words.join(''))
  fc.assert(
    fc.property(text, (text) => {
      for (const mention of mentionsOf(text, '热水器')) {
        for (const quoted of [mention.condition, mention.cause])
          if (quoted) expect(text.slice(quoted.start, quoted.end)).toBe(quoted.text)
        if (mention.termAt) expect(text.slice(mention.termAt.start, mention.termAt.end)).toBe(mention.term)
        if (mention.opinionAt) expect(text.slice(mention.opinionAt.start, mention.opinionAt.end)).toBe(mention.opinion)
        expect(mention.termAt === null).toBe(mention.term === null)
        expect(mention.sceneAt === null).toBe(mention.scene === null)
      }
    }),
    { numRuns: 800 },
  )
})
