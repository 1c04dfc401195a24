import { describe, expect, test } from 'vitest'
import type { Intent, Urgency } from '../core/reading.ts'
import { loadReader } from './reader.ts'

const readers = [loadReader({ weightsFile: null }), loadReader()]

describe('urgency', () => {
  test.each<[string, Urgency]>([
    ['插上电就冒烟，太吓人了', 'now'],
    ['漏电，差点电到孩子', 'now'],
    ['孩子吃了过敏送医院了', 'now'],
    ['今天就要，在线等', 'now'],
    ['It caught fire last night', 'now'],
    ['I need a replacement right now', 'now'],
    ['急用，能快点发货吗', 'soon'],
    ['明天就要出门了，等着用', 'soon'],
    ['用完脸上起疹子', 'soon'],
    ['I need it by tomorrow', 'soon'],
    ['没有漏电，很安全', 'none'],
    ['会不会漏电？', 'none'],
    ['有漏电保护，放心', 'none'],
    ['不着急，慢慢发', 'none'],
    ['东西很好', 'none'],
    ['No rush, take your time', 'none'],
  ])('%s: %s', (text, urgency) => {
    for (const reader of readers) expect(reader.read({ text, category: '热水器' }).urgency).toBe(urgency)
  })
})

describe('what the writer wants', () => {
  test.each<[string, Intent[]]>([
    ['我要投诉到12315，必须给我退款', ['threaten_to_report', 'return', 'complain']],
    ['再也不会来买了，质量太差', ['threaten_to_leave', 'complain']],
    ['质量太差，我要退货', ['return', 'complain']],
    ['请问这个怎么安装？', ['ask']],
    ['什么时候发货', ['ask']],
    ['这个能不能装在卫生间？坑距多少', ['ask']],
    ['耐不耐用', ['ask']],
    ['不会是返修机吧', ['ask']],
    ['这次得给差评了，太差劲', ['complain']],
    ['再不退款就给差评', ['threaten_to_report', 'return', 'complain']],
    ['动不动就跳闸', ['complain']],
    ['质量很好，建议增加静音模式', ['suggest', 'praise']],
    ['东西很好，推荐购买', ['praise']],
    ['声音太大', ['complain']],
    ['支持七天无理由退货', []],
    ['不想退货，就是声音大', ['complain']],
    ['懒得投诉了', []],
    ['这也叫静音？', ['complain']],
    ["I want a refund, it doesn't work", ['return', 'complain']],
    ['How do I install this?', ['ask']],
    ['Never again, terrible quality', ['threaten_to_leave', 'complain']],
    ['I will report you to the BBB', ['threaten_to_report']],
    ['老板，这个支持定时关机不', ['ask']],
    ['直接投诉平台了', ['threaten_to_report']],
    ['再也不用半夜起来关了', ['praise']],
    ['再也不用你家的东西', ['threaten_to_leave', 'complain']],
  ])('%s', (text, wanted) => {
    const found = readers[0]!.read({ text, category: '取暖器' }).intents
    // Where nothing but the threat is said, whether it complains too is a matter of taste.
    expect(found.filter((intent) => wanted.includes(intent) || intent !== 'complain')).toEqual(wanted)
  })

  test('a question kind always asks', () => {
    expect(readers[1]!.read({ text: '晚上用吵不吵', kind: 'question', category: '取暖器' }).intents).toEqual(['ask'])
  })
})

describe('talk', () => {
  test.each(['好的，谢谢', '嗯嗯', '可以的', '好的呢', 'ok, thanks', '好，知道了', '行吧，谢谢您'])(
    '%s answers and praises nothing',
    (text) => {
      for (const reader of readers) {
        const { sentiment, intents } = reader.read({ text, kind: 'chat' })
        expect([sentiment, intents]).toEqual(['neutral', []])
      }
    },
  )

  test('still judges where it does', () => {
    for (const reader of readers) {
      expect(reader.read({ text: '质量很好，谢谢', kind: 'chat' }).sentiment).toBe('positive')
      expect(reader.read({ text: '好吧，态度太差了', kind: 'chat' }).sentiment).toBe('negative')
    }
  })
})
