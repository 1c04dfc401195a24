import { expect, test } from 'vitest'
import type { App } from '../app.ts'
import { broken } from './answer.ts'

const said: string[] = []
const app = { log: (line: string) => said.push(line) } as unknown as App
const engineSays = (code: string) => Object.assign(new Error('the statement and its rows'), { code })

test('a question that is too much for the engine is told as such, in both languages, with what to do', () => {
  for (const [code, word] of [
    ['241', 'memory'],
    ['159', 'longer'],
  ] as const) {
    const problem = broken(app, 'GET /api/v1/drivers', engineSays(code))
    expect(problem).toMatchObject({ code: 'too_much', remedy: expect.stringContaining('shorter period') })
    expect(problem.message).toContain(word)
    expect(problem.zh?.remedy).toContain('缩短时间范围')
  }
  expect(said.join()).not.toContain('rows')
})

test('anything else is a bug: logged under a number that the answer names', () => {
  const problem = broken(app, 'GET /api/v1/drivers', engineSays('47'))
  expect(problem.code).toBe('internal')
  const [, number] = /no\. (\w+)/.exec(problem.message)!
  expect(said.at(-1)).toContain(number)
})
