import { expect, test } from 'vitest'
import { cutPower } from './cut.ts'

// More rounds are a command: node test/reliability/power/cut.ts --rounds 20 --acks 500
test('after a power cut every acknowledged batch is there; without fsync, some are not', async ({ skip }) => {
  const lines: string[] = []
  const report = await cutPower(2, 150, 'on', (line) => lines.push(line))
  if (!report) return skip('needs a C compiler, to build the write layer that forgets')
  expect(report, lines.join('\n')).toMatchObject({ lost: 0 })
  expect(report.acknowledged).toBeGreaterThanOrEqual(290)
  expect(report.forgotten, 'something was there to be forgotten').toBeGreaterThan(0)
  const control = await cutPower(1, 150, 'off', () => {})
  expect(control!.lost).toBeGreaterThan(0)
}, 180_000)
