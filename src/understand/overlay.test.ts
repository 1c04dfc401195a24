import { expect, test } from 'vitest'
import { mustFit } from '../core/shape.ts'
import { checkOwnWord, makeOverlay, type OwnWord, overlayPacks, readOwnPack } from './overlay.ts'
import { packFile } from './pack-file.ts'
import { loadDepartments } from './packs.ts'
import { openReaderPool } from './pool.ts'
import { loadReader } from './reader.ts'

const reader = loadReader({ weightsFile: null })
const hum: OwnWord = { pack: 'heater', place: 'noise', list: 'faults', word: '蜂鸣不停' }
const fan = (more: object) => ({ id: 'fan', zh: '风扇', en: 'Fan', match: '风扇', aspects: [], ...more })
const departments = new Set(loadDepartments().map((department) => department.id))

const aspects = (text: string, words: OwnWord[], category = '取暖器') =>
  reader
    .with(makeOverlay([], words))
    .read({ text, category })
    .mentions.map(({ aspect, polarity }) => `${aspect} ${polarity}`)

test('a tenant’s own fault phrase is read from then on, by its reader alone', () => {
  expect(aspects('夜里蜂鸣不停', [hum])).toEqual(['noise negative'])
  expect(aspects('夜里蜂鸣不停', [])).toEqual([])
  expect(aspects('夜里蜂鸣不停', [hum], '手机')).toEqual([])
})

test('a word for all packs is read in each', () => {
  const everywhere = { ...hum, pack: 'general' }
  expect(aspects('夜里蜂鸣不停', [everywhere])).toEqual(['noise negative'])
  expect(aspects('夜里蜂鸣不停', [everywhere], '手机')).toEqual(aspects('夜里噪音太大', [], '手机'))
})

test('names, opinions and scenes can be added too', () => {
  const words: OwnWord[] = [
    { pack: 'heater', place: 'noise', list: 'terms', word: '嗡鸣值' },
    { pack: 'heater', place: 'noise', list: 'opinions_negative', word: '爆表' },
    { pack: 'heater', place: 'sleep', list: 'scene', word: '守夜' },
  ]
  const { mentions } = reader.with(makeOverlay([], words)).read({ text: '守夜嗡鸣值爆表', category: '取暖器' })
  expect(mentions).toMatchObject([{ aspect: 'noise', term: '嗡鸣值', polarity: 'negative', scene: 'sleep' }])
})

test('a pack that nothing was added to is the same object, and the engine’s version tells the tenant’s apart', () => {
  const own = reader.with(makeOverlay([], [hum]))
  expect(own.packFor('手机')).toBe(reader.packFor('手机'))
  expect(own.engine).toMatch(new RegExp(`^${reader.engine.replace('+', '\\+')}\\+own-[0-9a-f]{12}$`))
  expect(reader.with(null)).toBe(reader)
})

test('the order in which words were accepted makes no other reader', () => {
  const other: OwnWord = { ...hum, word: '啸叫个不停' }
  expect(makeOverlay([], [hum, other])).toEqual(makeOverlay([], [other, hum]))
})

test('words that two aspects share stay with the one that had them', () => {
  const pack = reader.packFor('取暖器')
  const added = overlayPacks(reader.packs, makeOverlay([], [{ ...hum, place: pack.aspects.at(-1)!.id }])!)
  expect(added.packs.find((one) => one.id === 'heater')!.aspects.map((aspect) => aspect.id)).toEqual(
    pack.aspects.map((aspect) => aspect.id),
  )
})

test('worker threads read with a tenant’s additions as the caller would', async () => {
  const pool = openReaderPool({ threads: 1, weightsFile: null })
  const voices = [{ text: '夜里蜂鸣不停', category: '取暖器' }]
  const overlay = makeOverlay([], [hum])
  try {
    expect(await pool.readAll(voices, overlay)).toEqual([reader.with(overlay).read(voices[0]!)])
    expect(await pool.readAll(voices)).toEqual([reader.read(voices[0]!)])
  } finally {
    await pool.close()
  }
})

test('a pack of the tenant’s own builds on the general one', () => {
  const own = mustFit(packFile, fan({ aspects: [{ id: 'noise', terms: ['扇叶声'] }] }))
  expect(reader.with(makeOverlay([own], [])).read({ text: '扇叶声太大', category: '风扇' }).mentions).toMatchObject([
    { aspect: 'noise', polarity: 'negative' },
  ])
})

test('an addition that does not fit is left out and told, the others count', () => {
  const broken = mustFit(packFile, fan({ zh: '', en: '' }))
  const lost: OwnWord = { ...hum, place: 'gone_since' }
  const { packs, refused } = overlayPacks(reader.packs, makeOverlay([broken], [hum])!)
  expect(refused).toEqual([expect.stringContaining('"fan"')])
  expect(packs.find((one) => one.id === 'heater')!.aspects.find(({ id }) => id === 'noise')!.faults).toContain(hum.word)
  expect(overlayPacks(reader.packs, makeOverlay([], [lost])!).refused[0]).toContain('gone_since')
})

test('a bad pack is refused with its file, line and reason', () => {
  const told = (json: unknown) => {
    const text = JSON.stringify(json, null, 2)
    const read = readOwnPack({ file: 'pack.json', text }, reader.packs, departments)
    return read.ok ? 'fine' : `${read.problem.where}: ${read.problem.message}`
  }
  expect(told(fan({ aspects: [{ id: 'noise', terms: '扇叶声' }] }))).toContain('fine')
  expect(told(fan({ aspects: [{ id: 'noise', colour: 1 }] }))).toMatch(/^pack\.json:\d+: aspects\.0\.colour: /)
  expect(told(fan({ aspects: [{ id: 'blades' }] }))).toContain('"blades" needs "zh"')
  expect(told(fan({ aspects: [{ id: 'noise', owner: 'nobody' }] }))).toContain('"nobody"')
  expect(told('x')).toMatch(/^pack\.json:1: the whole: /)
})

test('a word needs a pack and a place that are there, and is folded as texts are', () => {
  expect(checkOwnWord({ ...hum, word: ' Buzz聲 ' }, reader.packs)).toEqual({
    ok: true,
    value: { ...hum, word: 'buzz声' },
  })
  expect(checkOwnWord({ ...hum, pack: 'moon' }, reader.packs)).toMatchObject({ problem: { where: 'pack' } })
  expect(checkOwnWord({ ...hum, place: 'sleep' }, reader.packs)).toMatchObject({ problem: { where: 'place' } })
  for (const word of ['', 'a|b', 'x'.repeat(41)])
    expect(checkOwnWord({ ...hum, word }, reader.packs)).toMatchObject({ problem: { where: 'word' } })
})
