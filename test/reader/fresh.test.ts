import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Reading } from '../../src/core/reading.ts'
import { loadReader } from '../../src/understand/reader.ts'

/**
 * Sentences that were written after the reader was built, across categories, in both languages (`fresh.txt`). They measure; nobody tunes
 * to single ones of them. The share that is told right may not fall.
 */
const reader = loadReader()
const LEAST = 0.85

/** Whether a reading tells what one expectation asks; the marks are explained at the top of the file. */
function tells(reading: Reading, wanted: string): boolean {
  if (wanted.startsWith('!')) return !tells(reading, wanted.slice(1))
  const [mark = '', value = ''] = wanted.split(/:(.*)/s)
  const { score, mentions, brands } = reading
  switch (mark) {
    case 's+':
      return score > 0
    case 's-':
      return score < 0
    case 's0':
      return Math.abs(score) < 0.7
    case 'sar':
      return reading.sarcasm !== null
    case 'inc':
      return reading.incentive !== null
    case 'i':
      return reading.intents.some((intent) => intent === value)
    case 'u':
      return reading.urgency === value
    case 'e':
      return reading.emotion === value
    case 'm': {
      const polarity = value.endsWith('-') ? 'negative' : 'positive'
      return mentions.some((mention) => mention.aspect === value.slice(0, -1) && mention.polarity === polarity)
    }
    case 'c':
      return mentions.some((mention) => mention.condition?.text === value)
    case 'b':
      return mentions.some((mention) => mention.cause?.text === value)
    case 'r':
      return brands.some((brand) => brand.id === value && brand.role === 'rival')
    case 'br':
      return brands.some((brand) => brand.id === value)
    case 'sp':
      return reading.spam.some((kind) => kind === value)
    case 'sc':
      return reading.scenes.includes(value)
    default:
      throw new Error(`no such mark: ${wanted}`)
  }
}

test('most of what fresh sentences ask is told', () => {
  const lines = readFileSync(path.join(import.meta.dirname, 'fresh.txt'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t') as [string, string, string])
  expect(lines.length).toBeGreaterThanOrEqual(150)
  const checks = lines.flatMap(([text, category, wanted]) => {
    const reading = reader.read({ text, category })
    return wanted.split(';').map((mark) => ({ text, mark, right: tells(reading, mark) }))
  })
  const wrong = checks.filter(({ right }) => !right)
  const share = 1 - wrong.length / checks.length
  const told = wrong.map(({ text, mark }) => `${text} → ${mark}`).join('\n')
  expect(share, `${checks.length - wrong.length} of ${checks.length} right; not:\n${told}`).toBeGreaterThanOrEqual(
    LEAST,
  )
})
