import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../test/stores.ts'
import { holderOf, lockFolder } from './lock.ts'
import { birthOf } from './process.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder('lock')
})
afterEach(() => folder.remove())

const leave = (holder: object | string) =>
  writeFileSync(path.join(folder.path, 'daystar.lock'), typeof holder === 'string' ? holder : JSON.stringify(holder))

describe('the lock of a data folder', () => {
  test('is held by one at a time, and given back', async () => {
    const first = await lockFolder(folder.path, 0)
    expect(first.ok).toBe(true)
    expect(holderOf(folder.path)?.pid).toBe(process.pid)
    expect(await lockFolder(folder.path, 0)).toMatchObject({ ok: false, problem: { code: 'data-folder-in-use' } })
    if (first.ok) first.value.release()
    expect(readdirSync(folder.path)).toEqual([])
  })

  test('is taken over from a process that is gone', async () => {
    leave({ pid: 2 ** 30, since: '2026-01-01' })
    expect((await lockFolder(folder.path, 0)).ok).toBe(true)
    expect(JSON.parse(readFileSync(path.join(folder.path, 'daystar.lock'), 'utf8')).pid).toBe(process.pid)
  })

  test.skipIf(birthOf(process.pid) === undefined)(
    'is taken over where another process has since been given the id',
    async () => {
      leave({ pid: process.ppid, birth: 'another boot:1', since: '2026-01-01' })
      expect((await lockFolder(folder.path, 0)).ok).toBe(true)
    },
  )

  test('stays with a living holder', async () => {
    leave({ pid: process.ppid, birth: birthOf(process.ppid), since: '2026-01-01', url: 'http://127.0.0.1:7070' })
    expect(await lockFolder(folder.path, 0)).toMatchObject({
      ok: false,
      problem: { remedy: expect.stringContaining('http://127.0.0.1:7070') },
    })
    expect(existsSync(path.join(folder.path, 'daystar.lock'))).toBe(true)
  })

  test('is waited for while its holder is on its way out', async () => {
    const first = await lockFolder(folder.path, 0)
    const second = lockFolder(folder.path, 60_000)
    if (first.ok) first.value.release()
    expect((await second).ok).toBe(true)
  })

  test('is taken over where its file was left empty by a power cut', async () => {
    leave('')
    expect((await lockFolder(folder.path, 0)).ok).toBe(true)
  })
})
