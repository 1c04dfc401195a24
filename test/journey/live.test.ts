import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { type RunningServer, startDaystar } from './server.ts'

const built = path.resolve(import.meta.dirname, '../../console/dist/index.html')
const MINUTE = 60_000
const DAY_MS = 86_400_000

let server: RunningServer
let browser: Browser
let page: Page
const broken: string[] = []
let sessions = 0

/** Sessions that came to the checkout some minutes ago, and paid or did not. */
function visits(count: number, { ago = 0, card, pays }: { ago?: number; card: boolean; pays: (i: number) => boolean }) {
  const lines: object[] = []
  for (let i = 0; i < count; i++) {
    const session = `v${sessions++}`
    const start = Date.now() - ago * DAY_MS - (5 + (i % 45)) * MINUTE
    const event = (name: string, touchpoint: string, after: number) =>
      lines.push({
        type: 'event',
        id: `${session}${name}`,
        name,
        touchpoint,
        session,
        at: start + after,
        customerRef: `c-${session}`,
        channel: i % 2 === 0 ? 'app' : 'web',
        props: { path: card ? '/pay/card' : '/pay/wallet' },
      })
    event('product_viewed', 'browse.detail', 0)
    event('checkout_started', 'trade.checkout', 20_000)
    if (pays(i)) event('payment_succeeded', 'trade.pay', 60_000)
    else event('payment_failed', 'trade.pay', 50_000)
  }
  return lines
}

async function bring(lines: readonly object[]): Promise<void> {
  const text = lines.map((line) => JSON.stringify(line)).join('\n')
  const done = await server.run(['import', 'jsonl', '-', '--tenant', 'main'], text)
  expect([done.code, done.err.includes('refused')], done.err).toEqual([0, false])
}

beforeAll(async () => {
  if (!existsSync(built)) throw new Error('the console is not built: npm test builds it first')
  server = await startDaystar(['--no-demo'])
  const usual = Array.from({ length: 6 }, (_, day) =>
    [true, false].flatMap((card) => visits(40, { ago: day + 1, card, pays: (i) => i % 10 !== 0 })),
  )
  await bring([...usual.flat(), ...visits(60, { card: false, pays: (i) => i % 10 !== 0 })])
  browser = await launchChromium()
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'zh-CN' })
  const owner = { name: '林晓', email: 'lin@example.com', password: 'a long enough password' }
  expect((await context.request.post(`${server.url}/api/v1/owner`, { data: owner })).ok()).toBe(true)
  page = await context.newPage()
  page.setDefaultTimeout(60_000)
  page.on('pageerror', (error) => broken.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) broken.push(message.text())
  })
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

describe('the live page', () => {
  test('a checkout page that gets stuck is named on the open page, by itself', async () => {
    await page.goto(`${server.url}/live?tenant=main`)
    await page.getByRole('heading', { name: '近 60 分钟，各步转化都在平常的波动之内' }).waitFor()
    await bring(visits(60, { card: true, pays: () => false }))
    await page
      .getByRole('heading', { name: /“结算”之后只有 .*% 的顾客走到“支付成功”.*主要在页面 \/pay\/card/ })
      .waitFor()
    expect(await page.locator('main').textContent()).toContain('卡在哪里')
  }, 120_000)

  test('those who fell out are shown with what they did', async () => {
    await page.getByRole('button', { name: '看流失的人' }).last().click()
    const sheet = page.getByRole('dialog')
    await sheet.getByText('只是两群人的对照，不是原因').or(sheet.getByText('没有人在这一步流失。')).waitFor()
    await page.keyboard.press('Escape')
  }, 120_000)

  test('a funnel is changed, divided, saved, and found again by its address', async () => {
    await page.getByText('漏斗', { exact: true }).first().click()
    await page.getByText('次会话里有').waitFor()
    // By the keyboard, as one can who does not see the list.
    await page.getByLabel('按什么分开看').focus()
    await page.keyboard.type('渠道')
    await page.keyboard.press('Enter')
    await page.getByText('按渠道分开看').first().waitFor()
    await page.getByLabel('给它起个名字').fill('按渠道的购买')
    await page.getByRole('button', { name: '保存漏斗' }).press('Enter')
    await page.waitForURL(/funnel=f[0-9a-f]+/)
    await page.reload()
    await page.getByText('按渠道分开看').first().waitFor()
    expect(broken).toEqual([])
  }, 120_000)
})
