import { describe, expect, it } from 'vitest'
import { expectedCalibrationError } from '../diagnosis.ts'
import { learnModel, openModel, predictLines } from '../lab.ts'
import { claimOf } from '../scores.ts'
import type { Json, Task } from '../task.ts'
import { taskOf } from '../tasks.ts'

const options = { tier: 'fast', seed: 7, say: () => {} } as const

async function learnt(id: string, rows: unknown[]) {
  const lines = rows.map((row) => JSON.stringify(row))
  const model = await learnModel(taskOf(id)!, [{ name: 'made-up.jsonl', lines }], options)
  if (!model.ok) throw new Error(model.problem.message)
  return model.value
}

async function answers(id: string, rows: unknown[], asked: unknown[]) {
  const { bytes } = await learnt(id, rows)
  const open = openModel(bytes)
  if (!open.ok) throw new Error(open.problem.message)
  const lines = await predictLines(
    open.value,
    asked.map((row) => JSON.stringify(row)),
  )
  return lines.map((line) => JSON.parse(line))
}

const goods = ['杯子', '毛巾', '台灯', '书包', '雨伞', '拖鞋', '闹钟', '风扇']
const colours = ['红', '蓝', '绿', '黑', '白', '灰', '黄', '紫']
const each = <T>(make: (good: string, colour: string, i: number) => T): T[] =>
  goods.flatMap((good, g) => colours.map((colour, c) => make(good, colour, g * colours.length + c)))

describe('class', () => {
  const rows = each((good, colour, i) => ({
    id: i,
    text: `${colour}色的${good}${i % 2 ? '想退掉' : '何时发货'}`,
    label: i % 2,
  }))

  it('answers in the shape of the file, with the label of its type and what it does not know kept', async () => {
    const [said, failed] = await answers('class', rows, [{ id: 'x', text: '粉色的水壶想退掉' }, { id: 'y' }])
    expect(said).toMatchObject({ id: 'x', text: '粉色的水壶想退掉', label: 1 })
    expect(said.confidence).toBeGreaterThan(0.5)
    expect(failed.error).toContain('text')
  })

  it('is the same to the byte, and tells figures that it has measured', async () => {
    const model = await learnt('class', rows)
    expect(model.bytes.equals((await learnt('class', rows)).bytes)).toBe(true)
    expect(model.card.heldOut!.rows).toBe(64)
    expect(model.card.heldOut!.scores.main.value).toBeGreaterThan(0.9)
    expect(model.summary[0]).toContain('accuracy')
  })

  it('points at the line whose label looks wrong', async () => {
    const wrong = rows.map((row) => (row.id === 20 ? { ...row, label: 1 } : row))
    const many = [
      ...wrong,
      ...each((good, colour, i) => ({
        id: 100 + i,
        text: `${good}，${colour}${i % 2 ? '，我想退掉' : '，何时发货啊'}`,
        label: i % 2,
      })),
    ]
    const { suspects } = await learnt('class', many)
    expect(suspects.map(({ line }) => line)).toContain(21)
  })

  it('refuses to learn a single label', async () => {
    const model = await learnModel(taskOf('class')!, [{ name: 'one', lines: ['{"text":"好","label":1}'] }], options)
    expect(model).toMatchObject({ ok: false, problem: { code: 'too_few_labels' } })
  })
})

describe('pair', () => {
  it('has no strong tier, and says so', async () => {
    const lines = ['{"text_a":"好","text_b":"坏","label":1}', '{"text_a":"好","text_b":"坏","label":0}']
    const model = await learnModel(taskOf('pair')!, [{ name: 'one', lines }], { ...options, tier: 'strong' })
    expect(model).toMatchObject({ ok: false, problem: { code: 'no_such_tier' } })
  })

  const rows = each((good, colour, i) =>
    i % 2
      ? { text_a: `${colour}色${good}怎么退`, text_b: `如何退${colour}色${good}`, label: 1 }
      : { text_a: `${colour}色${good}怎么退`, text_b: `${colour}色${good}多少钱`, label: 0 },
  )

  it('learns which differences matter, whichever text comes first', async () => {
    const said = await answers('pair', rows, [
      { text_a: '金色茶壶怎么退', text_b: '如何退金色茶壶' },
      { text_a: '如何退金色茶壶', text_b: '金色茶壶怎么退' },
      { text_a: '金色茶壶怎么退', text_b: '金色茶壶多少钱' },
    ])
    expect(said.map(({ label }) => label)).toEqual([1, 1, 0])
    expect(said[0].confidence).toBe(said[1].confidence)
  })
})

describe('labels', () => {
  it('holds what is said of a topic against its own label, where the topic is praised and blamed', () => {
    const label = (sentiment: number) => ({ subject: '动力', sentiment })
    const gold = { labels: [label(1), label(-1)], confidences: [1, 1] }
    const said = { labels: [label(-1), label(0)], confidences: [0.9, 0.8] }
    expect(taskOf('labels')!.claims({ row: {}, gold, said })).toEqual([
      claimOf('动力 -1', '动力 -1', 0.9),
      claimOf('动力 0', '动力 1', 0.8),
    ])
  })

  const rows = each((good, colour, i) => ({
    text: `${colour}${good}${i % 3 === 1 ? '太贵了' : i % 3 === 2 ? '发货很快' : '太贵了但是发货很快'}`,
    labels: [
      ...(i % 3 !== 2 ? [{ subject: '价格', sentiment: -1 }] : []),
      ...(i % 3 !== 1 ? [{ subject: '物流', sentiment: 1 }] : []),
    ],
  }))

  it('tells several topics with the sentiment of each', async () => {
    const [one, both] = await answers('labels', rows, [{ text: '银茶壶太贵了' }, { text: '银茶壶太贵了但是发货很快' }])
    expect(one.labels).toMatchObject([{ subject: '价格', sentiment: -1 }])
    expect(both.labels.map(({ subject }: { subject: string }) => subject).sort()).toEqual(['价格', '物流'].sort())
  })

  it('tells the likeliest topic even of a text that says nothing, and others only where they are likely enough', async () => {
    const [said] = await answers('labels', rows, [{ text: '嗯' }])
    expect(said.labels.length).toBeGreaterThan(0)
    const [, ...others] = said.labels.map(({ confidence }: { confidence: number }) => confidence)
    for (const confidence of others) expect(confidence).toBeGreaterThanOrEqual(0.05)
  })

  it('takes plain words as labels, and texts that bear none', async () => {
    const plain = each((good, colour, i) => ({
      text: `${colour}${good}${i % 2 ? '坏了' : '收到'}`,
      labels: i % 2 ? ['故障'] : [],
    }))
    const said = await answers('labels', plain, [{ text: '银茶壶坏了' }, { text: '银茶壶收到' }])
    expect(said.map(({ labels }) => labels)).toEqual([['故障'], []])
  })
})

describe('dialogue', () => {
  const rows = each((good, colour, i) => ({
    id: i,
    turns: [
      { role: 'user', text: '你好', action_group: null, satisfaction: null },
      { role: 'agent', text: '请讲' },
      {
        role: 'user',
        text: `${colour}色${good}${i % 2 ? '要退货' : '开发票'}`,
        action_group: i % 2 ? '退换' : '发票',
        satisfaction: i % 2 ? 0 : 2,
      },
    ],
    overall_satisfaction: i % 2 ? 0 : 2,
  }))

  it('answers each customer turn and the whole', async () => {
    const [said] = await answers('dialogue', rows, [
      {
        turns: [
          { role: 'user', text: '你好' },
          { role: 'agent', text: '请讲' },
          { role: 'user', text: '银色茶壶要退货' },
        ],
      },
    ])
    expect(said.turns[1]).toEqual({ role: 'agent', text: '请讲' })
    expect(said.turns[2]).toMatchObject({ action_group: '退换', satisfaction: 0 })
    expect(said.overall_satisfaction).toBe(0)
  })

  it('predicts the mean rating of dialogues of the other shape', async () => {
    const rated = each((good, colour, i) => ({
      turns: [
        { sender: 'customer', text: `${colour}色${good}坏了` },
        { sender: 'helpdesk', text: i % 2 ? '马上为您换新' : '不归我们管' },
      ],
      satisfaction: { mean: i % 2 ? 1.5 : -1.5 },
    }))
    const ask = (text: string) => ({
      turns: [
        { sender: 'customer', text: '茶壶坏了' },
        { sender: 'helpdesk', text },
      ],
    })
    const [good, bad] = await answers('dialogue', rated, [ask('马上为您换新'), ask('不归我们管')])
    expect(good.satisfaction.mean).toBeGreaterThan(0.5)
    expect(bad.satisfaction.mean).toBeLessThan(-0.5)
  })
})

describe('scoring', () => {
  const score = (id: string, pairs: [Json, Json][]) => {
    const task = taskOf(id)! as Task
    const row = (json: Json) => {
      const parsed = task.parse(json)
      if (!parsed.ok) throw new Error(parsed.problem.message)
      return parsed.value
    }
    return task.score(
      pairs.map(([gold, said]) => ({ row: row(gold), gold: task.gold(row(gold)), said: task.gold(row(said)) })),
    )
  }
  const text = '字'

  it('of classes is accuracy, with the mean F1 beside it', () => {
    const of = (gold: string, said: string): [Json, Json] => [
      { text, label: gold },
      { text, label: said },
    ]
    const { main, measures, confusions } = score('class', [of('a', 'a'), of('a', 'b'), of('b', 'b'), of('b', 'b')])
    expect(main).toEqual({ name: 'accuracy', value: 0.75 })
    // a: 2·1 ÷ (2 + 1); b: 2·2 ÷ (2 + 3).
    expect(measures['macro-F1']).toBeCloseTo((2 / 3 + 4 / 5) / 2)
    expect(confusions).toEqual([{ gold: 'a', said: 'b', n: 1 }])
  })

  it('of labels is F1 over all of them, a sentiment counting with its topic', () => {
    const labels = (...list: [string, number][]) => ({
      text,
      labels: list.map(([subject, sentiment]) => ({ subject, sentiment })),
    })
    const { main } = score('labels', [
      [labels(['价格', 1], ['空间', 0]), labels(['价格', -1], ['空间', 0])],
      [labels(['油耗', 0]), labels(['油耗', 0], ['动力', 0])],
    ])
    // Two of four said are among the three that are right: 2·2 ÷ (4 + 3).
    expect(main.value).toBeCloseTo(4 / 7)
  })

  it('of dialogues counts only customer turns that have a group', () => {
    const turns = (...groups: (string | null)[]) => ({
      turns: groups.map((action_group) => ({ role: 'user', text, action_group })),
      overall_satisfaction: 1,
    })
    const { main } = score('dialogue', [[turns('退换', null, '发票'), turns('退换', '发票', null)]])
    expect(main).toEqual({ name: 'macro-F1 of intents', value: 0.5 })
  })

  it('of confidence is the mean distance to the share that is right', () => {
    const claims = ['a', 'a', 'b', 'b'].map((said) => claimOf(said, 'a', 0.85))
    expect(expectedCalibrationError(claims)).toBeCloseTo(0.35)
    expect(expectedCalibrationError([])).toBe(null)
  })
})
