import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const dist = path.join(import.meta.dirname, 'dist')

function built(name: string): string {
  const file = path.join(dist, name)
  if (!existsSync(file)) throw new Error('the SDK is not built: npm test builds it first')
  return readFileSync(file, 'utf8')
}

test.each(['daystar.js', 'index.js'])('%s is under 5 KB on the wire', (name) => {
  expect(gzipSync(built(name), { level: 9 }).length).toBeLessThan(5_000)
})

test.each(['daystar.js', 'index.js'])('%s runs under a strict policy and on browsers of 2018', (name) => {
  const text = built(name)
  expect(text).not.toMatch(/\beval\(|new Function|innerHTML|document\.write|import\(/)
  expect(text).not.toMatch(/\?\.[a-z(]|\?\?|\|\|=|\.flatMap\(|\.fromEntries\(|\.replaceAll\(|\.at\(/)
})

test('the package says what it holds', () => {
  const { exports, types } = JSON.parse(readFileSync(path.join(import.meta.dirname, 'package.json'), 'utf8'))
  for (const file of [exports['.'].default, exports['./daystar.js'], types])
    expect(existsSync(path.join(import.meta.dirname, file)), file).toBe(true)
  expect(built('index.js')).toMatch(/export\s*\{[^}]*createDaystar/)
})
