import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadReader } from './reader.ts'

const folder = path.resolve(import.meta.dirname, '../../../shared/data/online_shopping_10_cats')
const files = ['train_1.jsonl', 'train_2.jsonl'].map((name) => path.join(folder, name))

interface Review {
  category: string
  label: number
  text: string
}

const reader = loadReader({ weightsFile: null })
let lines: string[] | undefined

/** The lines of both files, read once and only where there are such files. */
function reviewLines(): string[] {
  lines ??= files.flatMap((file) => readFileSync(file, 'utf8').split('\n'))
  return lines
}

/** The aspects that bad reviews of a category complain of, most frequent first, as the packs alone read them. */
function complaints(category: string): string[] {
  const counts = new Map<string, number>()
  for (const line of reviewLines()) {
    if (!line.includes(`"${category}"`)) continue
    const review = JSON.parse(line) as Review
    if (review.label !== 0) continue
    const { mentions } = reader.read(review)
    const negative = mentions.filter((mention) => mention.polarity === 'negative').map((mention) => mention.aspect)
    for (const aspect of new Set(negative)) counts.set(aspect, (counts.get(aspect) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([aspect]) => aspect)
}

describe.skipIf(!files.every(existsSync))('in real shop reviews (../shared/data; skipped where absent)', () => {
  test('buyers of water heaters complain of installation fees before all, then of services', () => {
    const ranked = complaints('热水器')
    expect(ranked[0]).toBe('installation_fee')
    expect(ranked.slice(1, 4)).toEqual(expect.arrayContaining(['installation_service', 'service']))
  })

  test('hotel guests complain of facilities, service, rooms, cleaning and noise', () => {
    const worst = ['cleanliness', 'facilities', 'noise', 'room', 'service']
    expect(complaints('酒店').slice(0, 5).sort()).toEqual(worst)
  })

  test('buyers of fruit complain of freshness, size and taste', () => {
    expect(complaints('水果').slice(0, 3).sort()).toEqual(['freshness', 'size_fit', 'taste'])
  })
})
