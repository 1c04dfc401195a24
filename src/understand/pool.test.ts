import { afterAll, expect, test } from 'vitest'
import { openReaderPool } from './pool.ts'

const pool = openReaderPool({ threads: 2 })
const inThread = openReaderPool({ threads: 0 })
afterAll(async () => {
  await pool.close()
  await inThread.close()
})

test('threads read as the caller would, in the order of the voices', async () => {
  const voices = Array.from({ length: 1234 }, (_, i) => ({
    text: i % 3 === 0 ? `第${i}个，声音太大` : i % 3 === 1 ? `第${i}个，房间干净` : 'muito bom',
    category: i % 2 === 0 ? '酒店' : '取暖器',
  }))
  expect(await pool.readAll(voices)).toEqual(await inThread.readAll(voices))
})

test('an empty batch is an empty answer', async () => {
  expect(await pool.readAll([])).toEqual([])
})
