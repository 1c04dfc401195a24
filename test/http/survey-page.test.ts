import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { ServerType } from '@hono/node-server'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { MAIN } from '../../src/core/tenant.ts'
import { createHttp, listen } from '../../src/http/server.ts'
import { launchChromium } from '../chromium.ts'
import { temporaryFolder } from '../stores.ts'

const folder = temporaryFolder('survey-page')
const by = { actor: 'test', now: Date.now() }
const words = (text: string) => ({ zh: text, en: text })
/** What runs where it should only be read: each would call `attacked`. */
const ATTACKS = [
  '<script>attacked()</script>',
  '"><img src=x onerror=attacked()>',
  "' onfocus='attacked()' autofocus x='",
  '</textarea><svg onload=attacked()>',
  'javascript:attacked()',
]

let app: App
let server: ServerType
let shop: Server
let url = ''
let shopUrl = ''
let browser: Browser

/** A live survey of these questions; its key. */
async function survey(questions: object[], origins: string[] = []): Promise<{ id: string; key: string }> {
  const text = JSON.stringify({
    format: 'daystar-survey/1',
    languages: ['zh', 'en'],
    title: words('收货回访'),
    questions,
    thanks: { title: words('谢谢您') },
  })
  const made = await app.surveys.create(MAIN, text, by)
  if (!made.ok) throw new Error(made.problem.message)
  const live = await app.surveys.hand(MAIN, made.value.id, { state: 'live', origins }, Date.now())
  if (!live.ok) throw new Error(live.problem.message)
  return { id: live.value.id, key: live.value.key }
}
const stepsOf = async (id: string) => (await app.surveys.results(MAIN, id))!.steps

async function open(target: string, options: BrowserContextOptions = {}): Promise<{ page: Page; attacks: string[] }> {
  const context = await browser.newContext({ locale: 'zh-CN', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const attacks: string[] = []
  await page.exposeFunction('attacked', () => attacks.push('ran')).catch(() => {})
  await page.goto(target)
  return { page, attacks }
}

beforeAll(async () => {
  const dataDir = path.join(folder.path, 'data')
  const opened = await openApp({ dataDir, host: '127.0.0.1', port: 0, readerThreads: 0 }, () => {})
  if (!opened.ok) throw new Error(opened.problem.message)
  app = opened.value
  const listening = await listen(createHttp(app), '127.0.0.1', 0)
  if (!listening.ok) throw new Error(listening.problem.message)
  server = listening.value
  url = `http://localhost:${(server.address() as AddressInfo).port}`
  shop = createServer((request, answer) => {
    const key = new URL(request.url!, 'http://x').searchParams.get('survey')
    answer.setHeader('content-type', 'text/html; charset=utf-8')
    answer.end(
      `<h1>店铺</h1><button id="buy">买</button><script src="${url}/widget.js?survey=${key}" data-after="0"></script>`,
    )
  })
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
  shopUrl = `http://localhost:${(shop.address() as AddressInfo).port}`
  browser = await launchChromium()
}, 240_000)
afterAll(async () => {
  await browser?.close()
  shop?.close()
  server?.close()
  await app?.close()
  folder.remove()
})

const questions = [
  { id: 'nps', type: 'nps', ask: words('推荐吗'), required: true },
  { id: 'why', type: 'text', ask: words('为什么'), explains: 'nps' },
]

describe('the page of a survey', { timeout: 120_000 }, () => {
  test('is answered with the keyboard alone, and tells what is missing', async () => {
    const { id, key } = await survey(questions)
    const { page } = await open(`${url}/s/${key}`, { viewport: { width: 390, height: 844 } })
    await page.locator('button.go').focus()
    await page.keyboard.press('Enter')
    await page.getByText('这一题需要回答后才能继续').waitFor()
    await page.locator('input[name=a]').first().focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '为什么' }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
    await page.keyboard.press('Tab')
    await page.keyboard.type('噪音大')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '谢谢您' }).waitFor()
    expect(await stepsOf(id)).toMatchObject({ shown: 1, started: 1, completed: 1 })
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(sideways).toBeLessThanOrEqual(0)
    await page.context().close()
  })

  test('works where scripts are turned off', async () => {
    const { id, key } = await survey(questions)
    const { page } = await open(`${url}/s/${key}`, { javaScriptEnabled: false })
    await page.locator('label', { hasText: '7' }).click()
    await page.locator('button.go').click()
    await page.getByRole('heading', { name: '为什么' }).waitFor()
    await page.locator('button.go').click()
    await page.getByRole('heading', { name: '谢谢您' }).waitFor()
    expect((await stepsOf(id)).completed).toBe(1)
    await page.context().close()
  })

  test('keeps an answer that could not be sent, and says so', async () => {
    const { key } = await survey(questions)
    const { page } = await open(`${url}/s/${key}`)
    await page.locator('label', { hasText: '7' }).click()
    await page.context().setOffline(true)
    await page.locator('button.go').click()
    await page.getByText('没有发出去').waitFor()
    await page.context().setOffline(false)
    await page.locator('button.go').click()
    await page.getByRole('heading', { name: '为什么' }).waitFor()
    await page.context().close()
  })

  test('keeps what was written where too many are there, and tells in its own language that the survey is over', async () => {
    const { id, key } = await survey(questions)
    const { page } = await open(`${url}/s/${key}?lang=en`)
    await page.locator('label', { hasText: '7' }).click()
    await page.locator('button.go').click()
    await page.locator('textarea').fill('too loud')
    await page.route('**/s/*', (route) => route.fulfill({ status: 429, json: { html: '<p>busy</p>' } }))
    await page.locator('button.go').click()
    await page.getByText('your answer is still here').waitFor()
    expect(await page.locator('textarea').inputValue()).toBe('too loud')
    await page.unroute('**/s/*')
    await app.surveys.hand(MAIN, id, { state: 'closed' }, Date.now())
    await page.locator('button.go').click()
    await page.getByRole('heading', { name: 'This survey is over' }).waitFor()
    await page.context().close()
  })

  test('runs nothing that was written into questions or answers', async () => {
    const attacked = ATTACKS.map((text, at) => ({ id: `t${at}`, type: 'text', ask: words(text), help: words(text) }))
    const { id, key } = await survey([
      ...attacked,
      { id: 'last', type: 'single', ask: words(ATTACKS[1]!), options: [{ id: 'a', label: words(ATTACKS[0]!) }] },
    ])
    const { page, attacks } = await open(`${url}/s/${key}`)
    for (const [at, text] of ATTACKS.entries()) {
      await page.locator(`input[name=question][value=t${at}]`).waitFor({ state: 'attached' })
      await page.locator('textarea').fill(text)
      await page.locator('button.go').click()
    }
    await page.locator('input[value=last]').waitFor({ state: 'attached' })
    // Back again: the answers stand in the fields.
    await page.getByRole('button', { name: '上一题' }).click()
    await page.locator(`input[value=t${ATTACKS.length - 1}]`).waitFor({ state: 'attached' })
    expect(await page.locator('textarea').inputValue()).toBe(ATTACKS.at(-1))
    expect(await page.locator('main img, main svg, main script').count()).toBe(0)
    expect(attacks).toEqual([])
    // The control: the same function does tell when it runs.
    await page.evaluate(() => (window as unknown as { attacked(): void }).attacked())
    expect(attacks).toEqual(['ran'])
    const texts = (await app.surveys.results(MAIN, id))!.questions.flatMap((one) => one.texts.map(({ text }) => text))
    expect(texts).toEqual(ATTACKS)
    await page.context().close()
  })
})

describe('the sheet in the corner of a shop’s page', { timeout: 120_000 }, () => {
  test('keeps the focus within, closes on Escape from within, and then rests', async () => {
    const { id, key } = await survey(questions, [shopUrl])
    const { page } = await open(`${shopUrl}/?survey=${key}`)
    const dialogs = () =>
      page.evaluate(
        () =>
          [...document.querySelectorAll('div')].filter((one) => one.shadowRoot?.querySelector('dialog[open]')).length,
      )
    await expect.poll(dialogs, { timeout: 30_000 }).toBe(1)
    await expect.poll(() => page.frames().length, { timeout: 30_000 }).toBe(2)
    const frame = page.frames()[1]!
    await frame.locator('input[name=a]').first().waitFor({ state: 'attached' })
    for (let press = 0; press < 12; press++) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => document.activeElement?.id)).not.toBe('buy')
    }
    await frame.locator('label', { hasText: '9' }).click()
    await frame.locator('button.go').click()
    await frame.getByRole('heading', { name: '为什么' }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(dialogs, { timeout: 30_000 }).toBe(0)
    expect((await stepsOf(id)).started).toBe(1)
    await page.reload()
    await page.waitForFunction(() => 'daystarSurvey' in window)
    await page.waitForTimeout(300)
    expect(await dialogs()).toBe(0)
    await page.context().close()
  })

  test('stays away from a site that was not declared', async () => {
    const { id, key } = await survey(questions, ['https://elsewhere.example'])
    const { page } = await open(`${shopUrl}/?survey=${key}`)
    const said = page.waitForEvent('console', (message) => message.text().includes('is not among the sites'))
    await page.evaluate(() => (window as unknown as { daystarSurvey: { open(): void } }).daystarSurvey.open())
    await said
    expect(page.frames()).toHaveLength(1)
    expect((await stepsOf(id)).shown).toBe(0)
    await page.context().close()
  })
})
