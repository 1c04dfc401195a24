import { expect, test } from 'vitest'
import { freshChecks } from './expectations.ts'

/**
 * Sentences that were written after the reader was built, across categories, in both languages (`fresh.txt`). They measure; nobody tunes
 * to single ones of them. The share that is told right may not fall; `node bench/fresh.ts` prints it round by round.
 */
const LEAST = 0.91

test('most of what fresh sentences ask is told', () => {
  const checks = freshChecks()
  expect(new Set(checks.map(({ text }) => text)).size).toBeGreaterThanOrEqual(150)
  const wrong = checks.filter(({ right }) => !right)
  const share = 1 - wrong.length / checks.length
  const told = wrong.map(({ text, mark }) => `${text} → ${mark}`).join('\n')
  expect(share, `${checks.length - wrong.length} of ${checks.length} right; not:\n${told}`).toBeGreaterThanOrEqual(
    LEAST,
  )
})
