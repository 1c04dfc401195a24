import { expect, test } from 'vitest'
import { killRounds } from './kill.ts'

// The full count is a command: node test/reliability/kill.ts --rounds 50 --acks 10000
test('killed while it takes in and reads voices, it loses no acknowledged record and doubles none', async () => {
  const lines: string[] = []
  const report = await killRounds(3, 800, (line) => lines.push(line))
  expect(report, lines.join('\n')).toMatchObject({ lost: 0, doubled: 0 })
  expect(report.acked).toBeGreaterThanOrEqual(2_400)
  expect(report.stored).toBeGreaterThanOrEqual(report.acked)
}, 180_000)
