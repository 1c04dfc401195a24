import { describe, expect, it } from 'vitest'
import type { Parts } from '../task.ts'
import { blend, learnClasses } from './strong-classes.ts'
import { strongClasses, strongRelations, withStrong } from './strong-parts.ts'
import { learnRelations } from './strong-relations.ts'

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
const fast: Parts = { header: { own: 1 }, tensors: { own: Int8Array.of(1) } }

describe('the strong tier', () => {
  it('learns to find pairs of spans and their class, wherever they stand', async () => {
    const parts = withStrong(fast, await learnRelations(texts, links, [2], quiet))
    expect(parts).toMatchObject({ header: { own: 1 }, tensors: fast.tensors })
    const reader = strongRelations(parts)
    if (!reader.ok || !reader.value) throw new Error('the model does not open')
    const { candidates, decide } = reader.value
    const read = (...given: string[]) => candidates(given).map((own) => decide(own, false))
    const said = read('', '可是那个电池难用', ...texts.slice(0, 10))
    expect(said[0]).toEqual([])
    expect(said[1]).toMatchObject([{ a: { start: 4, end: 6 }, b: { start: 6, end: 8 }, classes: [1] }])
    for (const [i, own] of said.slice(2).entries()) expect(own).toMatchObject(links[i]!)
    expect(read('可是那个电池难用')).toEqual([said[1]])
    const [late] = read(`${'。'.repeat(700)}这个屏幕模糊`)
    expect(late).toMatchObject([{ a: { start: 702, end: 704 }, b: { start: 704, end: 706 }, classes: [1] }])
  }, 300_000)

  it('learns classes of texts: the same bytes for the same seed, answers that do not depend on the neighbours', async () => {
    const few = texts.filter((_, i) => i % 2 === 0)
    const labels = links.filter((_, i) => i % 2 === 0).map((own) => own[0]!.classes[0]!)
    const rows = { texts: few, labels, weights: labels.map(() => 1), classes: 2 }
    const unsure = new Float64Array(2 * few.length).fill(0.5)
    const model = await learnClasses(rows, unsure, quiet)
    expect(await learnClasses(rows, unsure, quiet)).toEqual(model)
    const parts = withStrong(fast, model)
    const reader = strongClasses(parts)
    if (!reader.ok || !reader.value) throw new Error('the model does not open')
    const said = reader.value.read(['那个按钮好看', '', '那个按钮掉漆', ...texts])
    expect(said[0]![0]).toBeGreaterThan(0.5)
    expect(said[2]![1]).toBeGreaterThan(0.5)
    expect(reader.value.read(['那个按钮掉漆'])[0]).toEqual(said[2])

    const { 'strong/alphabet.units': _, ...without } = parts.tensors
    const noAlphabet = strongClasses({ ...parts, tensors: without })
    expect(noAlphabet.ok ? '' : noAlphabet.problem.message).toContain('no alphabet')
    const short = strongClasses({ ...parts, tensors: { ...parts.tensors, 'strong/0.classes.w': new Int16Array(3) } })
    expect(short.ok ? '' : short.problem.message).toContain('classes.w')
    const foreign = strongRelations(parts)
    expect(foreign.ok ? '' : foreign.problem.message).toContain('header of the strong tier')
  }, 300_000)

  it('is absent from a model of the fast tier', () => {
    expect(strongClasses(fast)).toEqual({ ok: true, value: null })
    expect(strongRelations(fast)).toEqual({ ok: true, value: null })
  })

  it('speaks with the fast tier as far as each is trusted', () => {
    const p = Float64Array.of(0.9, 0.1)
    blend(p, Float64Array.of(0.1, 0.9), { fast: 0.5, strong: 0.5 })
    expect([...p]).toEqual([0.5, 0.5])
    const q = Float64Array.of(0.8, 0.2)
    blend(q, Float64Array.of(0.1, 0.9), { fast: 1, strong: 0 })
    expect(q[0]).toBeCloseTo(0.8, 6)
  })
})
