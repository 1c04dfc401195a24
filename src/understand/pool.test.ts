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

// The program of the workers, with a text planted that eats all memory.
const readerProgram = JSON.stringify(new URL('./worker.ts', import.meta.url).href)
const planted = `
import { parentPort } from 'node:worker_threads'
const on = parentPort.on.bind(parentPort)
parentPort.on = (name, listener) => on(name, (task) => {
  const hog = []
  while (task.voices.some(({ text }) => text === '杀手')) hog.push(new Array(100_000).fill(hog.length))
  listener(task)
})
await import(${readerProgram})`
const program = new URL(`data:text/javascript,${encodeURIComponent(planted)}`)

test('a text that ends workers is the only one that stays unread, and the pool reads on', async () => {
  const mortal = openReaderPool({ threads: 1, program })
  const before = Array.from({ length: 502 }, (_, i) => ({ text: `第${i}个，声音太大`, category: '取暖器' }))
  const voices = [{ text: '房间干净', category: '酒店' }, { text: '杀手' }, ...before]
  const readings = await mortal.readAll(voices)
  const spared = voices.filter(({ text }) => text !== '杀手')
  expect(readings[1]).toMatchObject({ read: false, unreadFrom: 0 })
  expect(readings.toSpliced(1, 1)).toEqual(await inThread.readAll(spared))
  expect(await mortal.readAll(spared.slice(0, 3))).toEqual(await inThread.readAll(spared.slice(0, 3)))
  await mortal.close()
  await expect(mortal.readAll(spared)).rejects.toThrow(/closed/)
}, 60_000)

test('a pool whose workers cannot load says why', async () => {
  const broken = openReaderPool({ threads: 1, packsDir: '/nowhere/packs' })
  await expect(broken.readAll([{ text: '很吵' }])).rejects.toThrow(/nowhere/)
  await broken.close()
}, 60_000)
