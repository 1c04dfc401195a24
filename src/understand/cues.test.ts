import { cpSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadBrands } from './brand-list.ts'
import { loadCues } from './cues.ts'
import { PackError } from './pack-file.ts'
import { DEFAULT_PACKS_DIR } from './packs.ts'
import { loadReader } from './reader.ts'

/** A copy of the packs in which one file says something else. */
function withFile(name: string, content: unknown): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'cues-'))
  cpSync(DEFAULT_PACKS_DIR, dir, { recursive: true })
  writeFileSync(path.join(dir, name), typeof content === 'string' ? content : JSON.stringify(content))
  return dir
}

const cues = loadCues(DEFAULT_PACKS_DIR)

describe('cues and brands are data', () => {
  test('a word that is added is heard', () => {
    const { now } = cues.urgency
    const dir = withFile('cues.json', { ...cues, urgency: { ...cues.urgency, now: [...now, '泡在水里'] } })
    const text = '电器泡在水里了'
    expect(loadReader({ weightsFile: null }).read({ text }).urgency).toBe('none')
    expect(loadReader({ packsDir: dir, weightsFile: null }).read({ text }).urgency).toBe('now')
  })

  test('a broken file is told with its name and place', () => {
    expect(() => loadCues(withFile('cues.json', '{'))).toThrow(PackError)
    expect(() => loadCues(withFile('cues.json', { ...cues, mood: [] }))).toThrow(/cues\.json/)
    expect(() => loadCues(withFile('cues.json', { ...cues, urgency: { now: '火', soon: '急' } }))).toThrow(/urgency/)
    expect(() => loadBrands(withFile('brands.json', [{ id: 'A B', zh: [], en: [], categories: ['x'] }]))).toThrow(
      /brand id/,
    )
  })

  test('a brand has a name, and no name is that of two', () => {
    const brands = loadBrands(DEFAULT_PACKS_DIR)
    const names = brands.flatMap(({ zh, en }) => [...zh, ...en])
    expect(brands.every(({ zh, en }) => zh.length + en.length > 0)).toBe(true)
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
  })
})
