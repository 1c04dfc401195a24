import { expect, test } from 'vitest'
import { fail, ok } from '../core/result.ts'
import { patiently } from './patience.ts'

const busy = fail({ code: 'busy', message: 'too much waits' })

test('whoever is patient tries again while too much is coming in', async () => {
  let tries = 0
  expect(await patiently(async () => (++tries < 3 ? busy : ok(tries)))).toEqual(ok(3))
})

test('and stops waiting once told to, with what stood in the way', async () => {
  const stop = new AbortController()
  const waited = patiently(async () => {
    setImmediate(() => stop.abort())
    return busy
  }, stop.signal)
  expect(await waited).toEqual(busy)
  let tries = 0
  const counted = async () => {
    tries++
    return busy
  }
  expect(await patiently(counted, stop.signal)).toEqual(busy)
  expect(tries).toBe(1)
})
