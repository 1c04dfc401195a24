import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { DEFAULT_PACKS_DIR, loadPacks } from './packs.ts'

/** A copy of the packs with one more. */
function withPack(pack: unknown): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'packs-'))
  cpSync(DEFAULT_PACKS_DIR, dir, { recursive: true })
  mkdirSync(path.join(dir, 'fan'))
  writeFileSync(path.join(dir, 'fan', 'pack.json'), typeof pack === 'string' ? pack : JSON.stringify(pack))
  return dir
}

const fan = { id: 'fan', zh: '风扇', en: 'Fan', match: '风扇|fan', aspects: [{ id: 'noise', terms: ['扇叶声'] }] }

test('a pack needs to say only what general does not', () => {
  const noise = loadPacks(withPack(fan))
    .find((pack) => pack.id === 'fan')
    ?.aspects.find((aspect) => aspect.id === 'noise')
  expect(noise).toMatchObject({ zh: '噪音', owner: 'hardware-quality' })
  expect(noise?.terms).toContain('扇叶声')
  expect(noise?.terms).toContain('声音')
})

test('a word that a pack claims for one aspect leaves the others', () => {
  const fruit = loadPacks().find((pack) => pack.id === 'fruit')
  expect(fruit?.aspects.find((aspect) => aspect.id === 'smell')?.terms).not.toContain('味道')
})

test('a broken pack is refused with its file and what is wrong', () => {
  expect(() => loadPacks(withPack('{'))).toThrow(/fan.pack\.json/)
  expect(() => loadPacks(withPack({ ...fan, colour: 1 }))).toThrow(/colour/)
  expect(() => loadPacks(withPack({ ...fan, id: 'ventilator' }))).toThrow(/not the name of its folder/)
  expect(() => loadPacks(withPack({ ...fan, aspects: [{ id: 'blades', terms: '扇叶' }] }))).toThrow(
    /"blades" needs "zh"/,
  )
  expect(() => loadPacks(withPack({ ...fan, aspects: [{ id: 'noise', owner: 'nobody' }] }))).toThrow(/"nobody"/)
  expect(() => loadPacks(withPack({ ...fan, scenes: [{ id: 'camp' }] }))).toThrow(/scene "camp"/)
})

const written = `{
  "id": "fan",
  "zh": "风扇",
  "en": "Fan",
  "aspects": [
    {
      "id": "noise",
      "terms": "扇叶声"
    }
  ],
  "scenes": [
    { "id": "sleep", "terms": "夜里" }
  ]
}`

test.each([
  ['"zh": "风扇",', '"zh": "风扇"', /pack\.json:4: this is not JSON/],
  ['"terms": "扇叶声"', '"words": "扇叶声"', /pack\.json:8: aspects\.0\.words: Unrecognized key: "words"/],
  ['"terms": "扇叶声"', '"terms": 3', /pack\.json:8: aspects\.0\.terms: words are a list, or one string/],
  ['"terms": "扇叶声"', '"advice": {\n"zh": "换" }', /pack\.json:8: aspects\.0\.advice\.en: /],
  ['"terms": "扇叶声"', '"terms": "",\n"owner": "nobody"', /pack\.json:9: aspect "noise" is owned by "nobody"/],
  ['"terms": "扇叶声"', '"touchpoint": "moon"', /pack\.json:8: aspects\.0\.touchpoint: /],
  ['"terms": "扇叶声"', '"handsOver": {\n"wind": "大" }', /pack\.json:9: .*hands over to "wind"/],
  [
    '"en": "Fan",',
    '"en": "Fan",\n"without": ["installation_time"],',
    /pack\.json:5: .*hands over to "installation_time"/,
  ],
  ['"id": "noise"', '"id": "blades"', /pack\.json:6: aspect "blades" needs "zh"/],
  ['"id": "sleep"', '"id": "camp"', /pack\.json:12: scene "camp"/],
])('a pack with a mistake is refused with file, line and reason: %s → %s', (right, wrong, message) => {
  expect(() => loadPacks(withPack(written))).not.toThrow()
  expect(() => loadPacks(withPack(written.replace(right, wrong)))).toThrow(message)
})

test('what the shop page should say of an aspect is inherited, and a pack may say it otherwise', () => {
  const page = { zh: '标出各档分贝。', en: 'State decibels by mode.' }
  const own = loadPacks(withPack({ ...fan, aspects: [{ id: 'noise', page }] })).find((pack) => pack.id === 'fan')
  expect(own?.aspects.find((aspect) => aspect.id === 'noise')).toMatchObject({ page })
})
