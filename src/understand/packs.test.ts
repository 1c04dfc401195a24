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

test('a broken pack is told with its file and place', () => {
  expect(() => loadPacks(withPack('{'))).toThrow(/fan.pack\.json/)
  expect(() => loadPacks(withPack({ ...fan, colour: 1 }))).toThrow(/colour/)
  expect(() => loadPacks(withPack({ ...fan, id: 'ventilator' }))).toThrow(/not the name of its folder/)
  expect(() => loadPacks(withPack({ ...fan, aspects: [{ id: 'blades', terms: '扇叶' }] }))).toThrow(
    /"blades" needs "zh"/,
  )
  expect(() => loadPacks(withPack({ ...fan, aspects: [{ id: 'noise', owner: 'nobody' }] }))).toThrow(/"nobody"/)
  expect(() => loadPacks(withPack({ ...fan, scenes: [{ id: 'camp' }] }))).toThrow(/scene "camp"/)
})
