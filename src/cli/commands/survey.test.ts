import { readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { temporaryFolder } from '../../../test/stores.ts'
import { readConfig } from '../../app/config.ts'
import { type App, openApp } from '../../app.ts'
import { MAIN } from '../../core/tenant.ts'
import { createHttp } from '../../http/server.ts'
import { DONE, FAILED, runCommand, USAGE } from '../command.ts'
import { serverFile } from '../connect.ts'
import { survey } from './survey.ts'

const DAY = 86_400_000
const folder = temporaryFolder('cli-survey')
const file = (name: string) => path.join(folder.path, name)
const words = { zh: '推荐吗', en: 'Recommend?' }
const definition = JSON.stringify({
  format: 'daystar-survey/1',
  languages: ['zh', 'en'],
  title: { zh: '收货回访', en: 'After delivery' },
  questions: [{ id: 'nps', type: 'nps', ask: words, required: true }],
  thanks: { title: words },
})

/** Runs the command as a person would, and gives what it printed. */
async function run(...args: string[]) {
  const said = { out: '', err: '' }
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    said.out += chunk
    return true
  })
  const err = vi.spyOn(console, 'error').mockImplementation((line) => {
    said.err += `${line}\n`
  })
  try {
    return { code: await runCommand(survey, args), ...said }
  } finally {
    out.mockRestore()
    err.mockRestore()
  }
}

beforeAll(() => {
  vi.stubEnv('DAYSTAR_DATA', file('data'))
  vi.stubEnv('DAYSTAR_READER_THREADS', '0')
  writeFileSync(file('good.json'), `\uFEFF${definition}`)
  writeFileSync(file('bad.json'), definition.replace('"nps","ask"', '"npss","ask"'))
})
afterAll(() => {
  vi.unstubAllEnvs()
  folder.remove()
})

describe('daystar survey', () => {
  test('says how it is used where it is used wrongly, and opens nothing for it', async () => {
    for (const args of [[], ['export'], ['list', 'x'], ['burn', 'x'], ['links', 'a', 'b'], ['list', '--tenant', 'A B']])
      expect([args, (await run(...args)).code]).toEqual([args, USAGE])
    expect((await run('links', 'x', '--base', 'javascript:x')).code).toBe(USAGE)
    expect((await run('import', file('nothing.json'))).err).toContain('there is no file')
  })

  test('works in its own process where no server runs', async () => {
    expect(await run('list')).toMatchObject({ code: DONE, out: 'no surveys yet\n' })
    const made = await run('import', file('good.json'))
    const id = made.out.trim()
    expect(made.code).toBe(DONE)
    expect((await run('list')).out).toMatch(new RegExp(`^${id} +draft +0 complete +收货回访\n$`))
    expect((await run('export', 'nosuch')).err).toContain('there is no survey nosuch')
    expect(await run('links', id)).toMatchObject({ code: FAILED, err: expect.stringContaining('open invitation') })
  }, 240_000)

  describe('where a server runs', () => {
    let app: App
    let close: () => void
    beforeAll(async () => {
      const config = readConfig()
      const opened = await openApp(config, () => {})
      if (!opened.ok) throw new Error(opened.problem.message)
      app = opened.value
      const url = await new Promise<string>((resolve) => {
        const server = serve({ fetch: createHttp(app).fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
          resolve(`http://127.0.0.1:${port}`),
        )
        close = () => server.close()
      })
      writeFileSync(serverFile(config), JSON.stringify({ url, pid: process.pid, token: app.localToken }))
    }, 120_000)
    afterAll(async () => {
      close?.()
      await app?.close()
    })

    test('a survey comes out as it went in, and into a file that nobody else reads', async () => {
      const id = (await run('import', file('good.json'))).out.trim()
      const first = await run('export', id)
      expect(JSON.parse(first.out)).toMatchObject(JSON.parse(definition))
      expect(await run('export', id, '--out', file('out.json'))).toMatchObject({ code: DONE, out: '' })
      expect(readFileSync(file('out.json'), 'utf8')).toBe(first.out)
      expect(statSync(file('out.json')).mode & 0o077).toBe(0)
      const again = JSON.parse((await run('import', file('out.json'), '--json')).out)
      expect(again).toMatchObject({ state: 'draft', version: 1 })
      expect((await run('export', again.id)).out).toBe(first.out)
      expect((await run('list', '--json')).out).toContain(again.id)
    })

    test('a wrong one is refused with the file, the line and the place', async () => {
      const { code, err } = await run('import', file('bad.json'))
      expect(code).toBe(FAILED)
      expect(err).toMatch(/bad\.json, line 1, questions\[0\]/)
      expect((await run('export', 'nosuch')).code).toBe(FAILED)
    })

    test('links are of the named customers alone, a telephone as the customer it became, and noted as handed out', async () => {
      const { id } = JSON.parse((await run('import', file('good.json'), '--json')).out)
      const at = Date.now() - 3 * DAY
      const records = ['guest-1', 'guest-2', '13812346021'].map((customerRef, i) => ({
        ...{ id: `order-${i}`, customerRef, orderedAt: at - DAY, deliveredAt: at, lines: [{ productId: 'p1' }] },
      }))
      await app.ingest.accept({ tenant: MAIN, kind: 'orders', source: 'shop', records })
      await app.ingest.idle()
      const rule = { trigger: { kind: 'delivered' as const, afterDays: 2 }, share: 1, categories: [], linkDays: 14 }
      await app.surveys.hand(MAIN, id, { state: 'live', rule }, Date.now())
      expect(await app.surveys.invite(MAIN, Date.now())).toEqual({ made: 3 })

      const base = 'https://cx.shop.example/'
      const some = await run('links', id, '--customer', 'guest-2', '--customer', '13812346021', '--base', base)
      const rows = some.out.trim().split('\r\n')
      expect(
        rows
          .slice(1)
          .map((row) => row.split(',')[1])
          .sort(),
      ).toEqual(['order-1', 'order-2'])
      expect(some.out).not.toContain('13812346021')
      expect(rows[1]).toMatch(/,https:\/\/cx\.shop\.example\/s\/[a-z2-9]+\?t=\S+$/)
      const handed = async () =>
        (await app.surveys.invitations(MAIN, id))!.rows
          .filter(({ handedOutAt }) => handedOutAt !== null)
          .map(({ orderId }) => orderId)
      expect((await handed()).sort()).toEqual(['order-1', 'order-2'])

      // The link is a real one: it opens the survey.
      const { link } = JSON.parse((await run('links', id, '--customer', 'guest-1', '--json')).out)[0]
      expect((await fetch(link)).status).toBe(200)
      expect(await handed()).toHaveLength(3)
      expect(await run('links', id, '--customer', 'nobody')).toMatchObject({ code: FAILED, out: '' })
      expect((await run('links', 'nosuch')).code).toBe(FAILED)
    })
  })
})
