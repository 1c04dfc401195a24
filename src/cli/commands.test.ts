import { expect, test } from 'vitest'
import { commands } from './commands.ts'

test('each command is found by its own name', async () => {
  const all = await Promise.all(Object.values(commands).map((load) => load()))
  expect(all.map(({ name }) => name)).toEqual(Object.keys(commands))
})
