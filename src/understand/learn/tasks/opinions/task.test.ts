import { describe, expect, test } from 'vitest'
import { encodeModel } from '../../model-file.ts'
import type { Json, LearnOptions } from '../../task.ts'
import type { RelationRow } from './rows.ts'
import { opinionsTask } from './task.ts'

const options: LearnOptions = { tier: 'fast', seed: 7, say: () => {} }

function rowOf(json: Json): RelationRow {
  const row = opinionsTask.parse(json)
  if (!row.ok) throw new Error(row.problem.message)
  return row.value
}

const quad = (aspect: Json, opinion: Json, category = '外观', polarity = '正面') => ({
  aspect,
  opinion,
  category,
  polarity,
})

/** A made-up language: three things, what each is about, and four ways of judging. */
const things: [string, string][] = [
  ['咔罗', '声音'],
  ['米嗒', '外观'],
  ['呼兰', '价格'],
]
const judgements: [string, string][] = [
  ['哒哒', '正面'],
  ['真嘛', '正面'],
  ['不哒', '负面'],
  ['太呜', '负面'],
]

function madeUp(count: number, from = 0): RelationRow[] {
  return Array.from({ length: count }, (_, k) => {
    const i = k + from
    const [thing, category] = things[i % 3]!
    const [judgement, polarity] = judgements[Math.floor(i / 3) % 4]!
    const filler = '甲乙丙丁戊己庚辛'.slice(i % 5, (i % 5) + 2 + (i % 3))
    const text = `${filler}${i}，${thing}${judgement}。`
    const at = filler.length + String(i).length + 1
    const opinion = [judgement, at + 2, at + 4]
    return rowOf({ text, domain: '甲', quads: [quad([thing, at, at + 2], opinion, category, polarity)] })
  })
}

async function modelOf(rows: RelationRow[]) {
  const parts = await opinionsTask.learn(rows, options)
  if (!parts.ok) throw new Error(parts.problem.message)
  return parts.value
}

describe('lines of opinions', () => {
  test('are written back in their own shape, offsets in code points, unknown fields kept', () => {
    const line = {
      id: 'a-1',
      domain: 'laptop',
      text: '😀屏幕👍真亮😀，便宜',
      quads: [quad(['屏幕', 1, 3], ['真亮', 4, 6]), quad(null, ['便宜', 8, 10], '价格')],
    }
    const row = rowOf(line)
    expect(row.relations![0]!.aspect).toEqual({ start: 2, end: 4 })
    expect(opinionsTask.write(row, row.relations!)).toEqual({
      ...line,
      quads: line.quads.map((one) => ({ ...one, confidence: 1 })),
    })
  })

  test('without quads are unlabelled, and an empty list is a label', () => {
    expect(opinionsTask.gold(rowOf({ text: '好' }))).toBeNull()
    expect(opinionsTask.gold(rowOf({ text: '好', quads: [] }))).toEqual([])
  })

  test('whose offsets are null or wrong are mended by searching the words', () => {
    const row = rowOf({ text: '好看，好用', quads: [quad(null, ['好用', null, null]), quad(null, ['好看', 3, 5])] })
    expect(row.relations!.map((one) => one.opinion)).toEqual([
      { start: 3, end: 5 },
      { start: 0, end: 2 },
    ])
  })

  test('that are no rows are refused with the field that is wrong', () => {
    const refused = opinionsTask.parse({
      text: '好',
      quads: [{ aspect: '好', opinion: null, category: 'x', polarity: 'y' }],
    })
    expect(refused.ok ? '' : refused.problem.where).toBe('quads.0.aspect')
  })
})

describe('the score of opinions', () => {
  const row = rowOf({
    text: '屏幕真亮，便宜，快',
    quads: [quad(['屏幕', 0, 2], ['真亮', 2, 4]), quad(null, ['便宜', 5, 7], '价格'), quad(null, ['快', 8, 9], '物流')],
  })
  const gold = row.relations!
  const score = (said: typeof gold) => opinionsTask.score([{ row, gold, said }])

  test('counts a quadruple only where all four parts are right, each once', () => {
    const [first, second] = gold as [(typeof gold)[0], (typeof gold)[0]]
    const said = [first, first, { ...second, category: '整体' }, { ...second, opinion: { start: 5, end: 6 } }]
    // One of four said is right, one of three gold is found: 2 × 1 ÷ (4 + 3).
    expect(score(said).main.value).toBeCloseTo(2 / 7)
    expect(score(said).measures).toMatchObject({ precision: 1 / 4, recall: 1 / 3 })
    expect(score(said).confusions).toEqual([{ gold: '价格 正面', said: '整体 正面', n: 1 }])
  })

  test('tells an implicit aspect from a named one', () => {
    expect(score([{ ...gold[0]!, aspect: null }]).main.value).toBe(0)
    expect(score(gold).main.value).toBe(1)
  })
})

describe('learning opinions', () => {
  test('finds the quadruples of a made-up language in texts it has not seen, and gives the same bytes for the same seed', async () => {
    const parts = await modelOf(madeUp(120))
    const predictor = opinionsTask.load(parts)
    if (!predictor.ok) throw new Error(predictor.problem.message)
    const rows = madeUp(30, 500)
    const answers = await predictor.value.predict(rows)
    const judged = rows.map((row, i) => ({ row, gold: row.relations!, said: answers[i]! }))
    expect(opinionsTask.score(judged).main.value).toBeGreaterThan(0.9)
    for (const one of answers.flat()) {
      expect(one.confidence).toBeGreaterThan(0)
      expect(one.confidence).toBeLessThanOrEqual(1)
    }
    const card = { task: 'opinions', tier: 'fast', seed: 7, data: [], heldOut: null } as const
    const again = await modelOf(madeUp(120))
    const bytes = (from: typeof parts) => encodeModel({ ...card, data: [] }, from)
    expect(bytes(again).equals(bytes(parts))).toBe(true)
  })

  test('reads any text: none, blanks, long ones in pieces, broken surrogates', async () => {
    const predictor = opinionsTask.load(await modelOf(madeUp(60)))
    if (!predictor.ok) throw new Error(predictor.problem.message)
    const long = `${'庚辛，'.repeat(500)}咔罗哒哒。`
    const rows = ['', '  \n', '\ud800😀\udc00', long].map((text) => rowOf({ text }))
    const answers = await predictor.value.predict(rows)
    expect(answers.slice(0, 2)).toEqual([[], []])
    const last = answers[3]!.at(-1)!
    expect(long.slice(last.opinion!.start, last.opinion!.end)).toBe('哒哒')
  })

  test('says so where there is too little to learn from, and refuses parts that are not its own', async () => {
    const learnt = await opinionsTask.learn(madeUp(1), options)
    expect(learnt.ok ? '' : learnt.problem.code).toBe('too_few_rows')
    const parts = await modelOf(madeUp(60))
    const broken = opinionsTask.load({ ...parts, tensors: { ...parts.tensors, pair: new Int16Array(3) } })
    expect(broken.ok ? '' : broken.problem.message).toContain('"pair"')
    expect(opinionsTask.load({ header: {}, tensors: {} }).ok).toBe(false)
  })
})
