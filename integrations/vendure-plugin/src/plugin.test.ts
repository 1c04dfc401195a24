import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('what the constructor wants is imported as classes: by types alone Nest finds nothing, and the shop does not start', () => {
  const text = readFileSync(new URL('./plugin.ts', import.meta.url), 'utf8')
  const [, wanted = ''] = /constructor\(([^)]*)\)/.exec(text)!
  const classes = [...wanted.matchAll(/: (\w+)/g)].map((match) => match[1]!)
  expect(classes).toEqual(['EventBus', 'OrderService', 'HistoryService'])
  for (const name of classes) expect(text).not.toMatch(new RegExp(`type ${name}\\b`))
})
