import { describe, expect, it } from 'vitest'
import { learnClasses, openClasses } from './strong-classes.ts'
import { learnRelations, openRelations } from './strong-relations.ts'

const quiet = { seed: 3, say: () => {} }
const THINGS = ['屏幕', '电池', '外壳', '键盘', '按钮']
const GOOD = ['清楚', '耐用', '好看']
const BAD = ['模糊', '难用', '掉漆']

const sentences = THINGS.flatMap((thing) => {
  return [...GOOD, ...BAD].flatMap((word) => [
    { text: `😀这个${thing}${word}`, a: 4, thing, word },
    { text: `${thing}真的${word}。`, a: 0, thing, word },
    { text: `我说${thing}有点${word}呢`, a: 2, thing, word },
  ])
})
const texts = sentences.map(({ text }) => text)
const links = sentences.map(({ text, a, thing, word }) => {
  const b = text.indexOf(word)
  const classes = [GOOD.includes(word) ? 0 : 1]
  return [{ a: { start: a, end: a + thing.length }, b: { start: b, end: b + word.length }, classes }]
})

describe('the strong tier', () => {
  it('learns to find pairs of spans and their class wherever they stand, the same bytes for the same seed', async () => {
    const one = await learnRelations(texts, links, [2], quiet)
    const two = await learnRelations(texts, links, [2], quiet)
    expect(two).toEqual(one)
    const reader = openRelations(one)
    if (!reader.ok) throw new Error(reader.problem.message)
    const read = (...given: string[]) => reader.value.candidates(given).map((own) => reader.value.decide(own))
    const said = read('', '可是那个电池难用', ...texts.slice(0, 10))
    expect(said[0]).toEqual([])
    expect(said[1]).toMatchObject([{ a: { start: 4, end: 6 }, b: { start: 6, end: 8 }, classes: [1] }])
    for (const [i, own] of said.slice(2).entries()) expect(own).toMatchObject(links[i]!)
    expect(read('可是那个电池难用')).toEqual([said[1]])
    const [late] = read(`${'。'.repeat(700)}这个屏幕模糊`)
    expect(late).toMatchObject([{ a: { start: 702, end: 704 }, b: { start: 704, end: 706 }, classes: [1] }])
  }, 120_000)

  it('learns classes of texts, and answers do not depend on the neighbours', async () => {
    const labels = links.map((own) => own[0]!.classes[0]!)
    const rows = { texts, labels, weights: labels.map(() => 1), classes: 2 }
    const model = await learnClasses(rows, quiet)
    const reader = openClasses(model)
    if (!reader.ok) throw new Error(reader.problem.message)
    const said = reader.value.read(['那个按钮好看', '', '那个按钮掉漆', ...texts])
    expect(said[0]![0]).toBeGreaterThan(0.5)
    expect(said[2]![1]).toBeGreaterThan(0.5)
    expect(reader.value.read(['那个按钮掉漆'])[0]).toEqual(said[2])
  }, 120_000)

  it('refuses arrays that are not of its model', async () => {
    const model = await learnClasses(
      { texts, labels: texts.map(() => 0), weights: texts.map(() => 1), classes: 2 },
      quiet,
    )
    const { 'alphabet.units': _, ...without } = model.tensors
    const reader = openClasses({ ...model, tensors: without })
    expect(reader.ok ? '' : reader.problem.message).toContain('no alphabet')
    const short = openClasses({ ...model, tensors: { ...model.tensors, '0.classes.w': new Int16Array(3) } })
    expect(short.ok ? '' : short.problem.message).toContain('classes.w')
  }, 120_000)
})
