import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { touchpoints } from '../core/touchpoint.ts'
import { loadReader } from './reader.ts'

const alone = loadReader({ weightsFile: null })
const full = loadReader()
const readers = [alone, full]
const categories = ['取暖器', '热水器', '马桶', '手机', '水果', '酒店', undefined]

/** Aspect, polarity and scene of each mention, as short strings. */
const said = (text: string, category?: string) =>
  alone.read({ text, category }).mentions.map(({ aspect, polarity, scene }) => `${aspect} ${polarity} ${scene}`)

describe('for any string the reader', () => {
  const fragments = fc.constantFrom(
    '声音',
    '不',
    '太大了',
    '，',
    '。',
    '好',
    '安装费',
    '😡',
    '睡觉',
    'noise ',
    'is ',
    'the ',
    '漏水',
    '\ud83d',
  )
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)), maxLength: 80 }),
    fc.array(fragments, { maxLength: 40 }).map((parts) => parts.join('')),
  )

  test('never throws, keeps spans inside the text and quotes the term from the span', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(...categories), (text, category) => {
        for (const reader of readers) {
          const reading = reader.read({ text, category })
          expect(Math.abs(reading.score)).toBeLessThanOrEqual(1)
          if (!reading.read) expect(reading.mentions).toEqual([])
          for (const { term, opinion, start, end, confidence } of reading.mentions) {
            expect(start >= 0 && start < end && end <= text.length).toBe(true)
            const span = text.slice(start, end)
            if (term !== null) expect(span).toContain(term)
            if (opinion !== null) expect(span).toContain(opinion)
            expect(confidence > 0 && confidence <= 1).toBe(true)
          }
        }
      }),
      { numRuns: 1500 },
    )
  })

  test('gives the same reading again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(full.read({ text })).toEqual(full.read({ text }))
      }),
      { numRuns: 200 },
    )
  })

  test('comes to an end on texts of 20,000 characters, whatever they repeat', () => {
    for (const part of [
      '好',
      '不',
      '太大',
      '声音',
      '声音不好，',
      '漏水',
      '不太',
      'noise ',
      'a',
      '😡',
      '安装费',
      '，',
    ]) {
      const text = part.repeat(Math.floor(20_000 / part.length))
      for (const reader of readers) expect(reader.read({ text, category: '取暖器' }).mentions.length).toBeLessThan(65)
    }
  })
})

describe('an aspect', () => {
  test('takes the polarity that negation gives it', () => {
    expect(said('不漏水，没有异味')).toEqual(['leak positive null', 'smell positive null'])
    expect(said('质量不是很好')).toEqual(['quality negative null'])
    expect(said('客服态度没有想象中那么差')).toEqual(['service positive null'])
  })

  test('is judged by words whose sense depends on it', () => {
    expect(said('声音很大')).toEqual(['noise negative null'])
    expect(said('声音很小')).toEqual(['noise positive null'])
    expect(said('价格很高')).toEqual(['price negative null'])
    expect(said('性价比很高')).toEqual(['value positive null'])
  })

  test('is not noise where something fits in size', () => {
    expect(said('大小合适')).toEqual(['size_fit positive null'])
  })

  test('keeps its own polarity on its own side of a contrast', () => {
    expect(said('质量不错但是安装费太贵')).toEqual(['quality positive null', 'installation_fee negative null'])
  })

  test('of price and service takes none from a clause about something else', () => {
    expect(said('晚上睡觉吵，价格便宜，客服不理人', '取暖器')).toEqual([
      'noise negative sleep',
      'price positive null',
      'service negative null',
    ])
    expect(said('宿舍用的，价格便宜', '取暖器')).toEqual(['price positive dorm'])
  })

  test('takes its scene from its clause, its neighbour or the only scene of the voice', () => {
    expect(said('晚上睡觉声音太大')).toEqual(['noise negative sleep'])
    expect(said('冬天用的，升温很快。声音也小', '取暖器')).toEqual(['heating positive winter', 'noise positive winter'])
  })

  test('is only asked about in a question', () => {
    expect(said('声音大吗？')).toEqual(['noise neutral null'])
    const question = alone.read({ text: '晚上用声音大不大', kind: 'question', category: '取暖器' })
    expect(question.mentions.every((mention) => mention.polarity === 'neutral')).toBe(true)
  })

  test('that is wished better is found wanting', () => {
    expect(said('如果声音小一点就更好了')).toEqual(['noise negative null'])
    expect(said('屏幕要是宽一点就好', '手机')).toEqual(['screen negative null'])
  })

  test('praised after a sneer is not praised', () => {
    expect(alone.read({ text: '呵呵，质量真好' }).mentions[0]?.polarity).toBe('negative')
  })
})

describe('the voice as a whole', () => {
  test('is mixed when both sides are strong', () => {
    expect(alone.read({ text: '东西不错，但是安装费太贵了' }).sentiment).toBe('mixed')
  })

  test('has a score on the side of its sentiment, with the weights and without', () => {
    for (const reader of readers) {
      expect(reader.read({ text: '非常满意，质量好，物流快，推荐购买' })).toMatchObject({ sentiment: 'positive' })
      expect(reader.read({ text: '太差了，用两天就坏，客服也不理人，垃圾' })).toMatchObject({ sentiment: 'negative' })
    }
  })

  test('is angry where its words are', () => {
    expect(alone.read({ text: '气死了，奸商，投诉！' }).emotion).toBe('angry')
    expect(full.read({ text: '气死了，奸商，投诉！' }).emotion).toBe('angry')
  })
})

describe('every pack', () => {
  test('has the aspects of general or says which make no sense, each with an owner and a touchpoint', () => {
    const known = new Set(touchpoints.map((touchpoint) => touchpoint.id))
    for (const pack of alone.packs) {
      expect(new Set(pack.aspects.map((aspect) => aspect.id)).size).toBe(pack.aspects.length)
      for (const aspect of pack.aspects) expect(known).toContain(aspect.touchpoint)
    }
  })

  test('is chosen by a category word in either language', () => {
    const chosen = [
      '取暖器',
      '家用暖风机',
      '热水器',
      'Smart Toilet',
      '手机',
      '水果',
      '酒店',
      '蒙牛',
      '计算机',
      '挖掘机',
      undefined,
    ]
    expect(chosen.map((category) => alone.packFor(category).id)).toEqual([
      ...[
        'heater',
        'heater',
        'water-heater',
        'toilet',
        'phone',
        'fruit',
        'hotel',
        'milk',
        'laptop',
        'general',
        'general',
      ],
    ])
  })

  test('may be one sign: the pack that knows most things whose names end in it', () => {
    expect(['灯', '书', '鞋', '包'].map((category) => alone.packFor(category).id)).toEqual([
      'lighting',
      'book',
      'shoes',
      'bags',
    ])
  })
})

describe('talk', () => {
  test('a turn that only asks or tells is neutral, while a review of few words still judges', () => {
    for (const text of ['抬头：某某科技有限公司', '请问什么时候发货', '我先看一下说明书']) {
      expect(full.read({ text, kind: 'chat' }).sentiment, text).toBe('neutral')
    }
    expect(full.read({ text: '声音太大，吵得睡不着', kind: 'chat', category: '取暖器' }).sentiment).toBe('negative')
    expect(full.read({ text: '很好用', kind: 'review' }).sentiment).toBe('positive')
  })

  test('without a category the text itself names its pack', () => {
    const { mentions } = full.read({ text: 'Great phone but the battery dies fast' })
    expect(mentions.map(({ aspect, polarity }) => [aspect, polarity])).toContainEqual(['battery', 'negative'])
  })
})

test('不错 alone is praise, whatever it is said of', () => {
  for (const text of ['手机不错', '这款手机不错', '书不错'])
    expect(loadReader().read({ text }).sentiment, text).toBe('positive')
})

describe('a voice that only asks', () => {
  test.each(['请问这个能不能装在卫生间？坑距多少', '有没有味道', '怎么退货，运费谁出', '耐不耐用'])(
    '%s: judges nothing, and nobody is angry',
    (text) => {
      const { sentiment, emotion, intents, mentions } = loadReader().read({ text, category: '马桶' })
      expect({ sentiment, emotion, intents }).toEqual({ sentiment: 'neutral', emotion: 'none', intents: ['ask'] })
      expect(mentions.filter(({ polarity }) => polarity !== 'neutral')).toEqual([])
    },
  )

  test('what happens again and again is no question', () => {
    expect(loadReader().read({ text: '动不动就跳闸', category: '取暖器' }).sentiment).toBe('negative')
  })
})
