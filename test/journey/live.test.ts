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

async function bring(lines: readonly object[], tenant = 'main'): Promise<void> {
  const text = lines.map((line) => JSON.stringify(line)).join('\n')
  const done = await server.run(['import', 'jsonl', '-', '--tenant', tenant], text)
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

  test('what is stuck becomes a rule that tells of it next time, or a ticket', async () => {
    await page.getByRole('link', { name: '建一条告警，下次自动提醒' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByText('成功支付笔数').waitFor()
    await page.goto(`${server.url}/live?tenant=main`)
    await page.getByRole('button', { name: '转给技术部门' }).click()
    await page.waitForURL(/\/tickets\?.*ticket=\d+/)
    await page
      .getByText(/实时 · “结算”到“支付成功”只有/)
      .first()
      .waitFor()
    await page.goto(`${server.url}/live?tenant=main`)
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
    await page.getByText('分开看：渠道').first().waitFor()
    await page.getByLabel('给它起个名字').fill('按渠道的购买')
    await page.getByRole('button', { name: '保存漏斗' }).press('Enter')
    await page.waitForURL(/funnel=f[0-9a-f]+/)
    await page.reload()
    await page.getByText('分开看：渠道').first().waitFor()
    expect(broken).toEqual([])
  }, 120_000)
})

/** Eight payments in each hour of two weeks, of which one fails; in the last five hours six. */
function payments() {
  const hours = 15 * 24
  const end = Math.floor(Date.now() / (60 * MINUTE)) * 60 * MINUTE - 60 * MINUTE
  return Array.from({ length: hours }, (_, ago) =>
    Array.from({ length: 8 }, (_, i) => ({
      type: 'event',
      id: `pay-${ago}-${i}`,
      name: i < (ago < 5 ? 6 : 1) ? 'payment_failed' : 'payment_succeeded',
      touchpoint: 'trade.pay',
      at: end - ago * 60 * MINUTE + i * MINUTE,
      channel: 'web',
      props: {},
    })),
  ).flat()
}

describe('the alerts page', () => {
  test('payments that begin to fail are an incident, with its line and the records behind it', async () => {
    await bring(payments())
    await page.goto(`${server.url}/alerts?tenant=main`)
    await page
      .getByRole('link', { name: /支付失败率偏高/ })
      .first()
      .click()
    await page.getByRole('heading', { name: '曲线与预期' }).waitFor()
    await page.getByRole('heading', { name: '背后的记录' }).waitFor()
    await page.getByRole('cell', { name: '支付失败' }).first().waitFor()
  }, 180_000)

  test('a series with another cause is split off into an incident of its own, and one is taken there', async () => {
    const whole = new URL(page.url()).pathname
    await page.getByRole('checkbox', { name: /^选中/ }).last().check()
    await page.getByRole('button', { name: '把选中的 1 条分出去' }).click()
    await page.waitForURL((to) => to.pathname.startsWith('/alerts/') && to.pathname !== whole)
    await page.getByText('从另一事件中分出').waitFor()
    expect(await page.getByRole('checkbox', { name: /^选中/ }).count()).toBe(0)
    await page.getByRole('link', { name: '看原来的事件' }).click()
    await page.waitForURL((to) => to.pathname === whole)
    await page.getByText('分出几条曲线，另成一个事件').waitFor()
  }, 60_000)

  test('somebody has seen it, sends it to those who mend it, and lets it rest for a while', async () => {
    await page.getByLabel('说明').fill('已联系支付渠道')
    await page.getByRole('button', { name: '知悉', exact: true }).click()
    await page.getByText('已联系支付渠道').last().waitFor()
    await page.getByRole('button', { name: '转为工单' }).click()
    await page.getByRole('link', { name: '看工单' }).waitFor()
    await page.getByRole('button', { name: /暂缓/ }).click()
    await page.getByRole('menuitem', { name: '一天' }).click()
    await page.getByRole('button', { name: '取消暂缓' }).waitFor()
    await page.goto(`${server.url}/alerts?tenant=main`)
    await page.getByRole('heading', { name: '静音与暂缓：1 项' }).waitFor()
    await page.getByRole('button', { name: '恢复提醒' }).click()
    await page.getByRole('heading', { name: '静音与暂缓：1 项' }).waitFor({ state: 'detached' })
  }, 120_000)

  test('a rule shows what it would have told last month before it can be saved', async () => {
    await page.goto(`${server.url}/alerts?tenant=main&tab=rules&focus=new`)
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('名称').fill('支付失败超过一成')
    await sheet.getByLabel('怎样算异常').focus()
    for (const key of ['Enter', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
    await sheet.getByRole('spinbutton', { name: /固定值/ }).waitFor()
    // What is written outlives a reload, and says that it is back.
    await page.reload()
    await sheet.getByText('上次没保存的内容还在。').waitFor()
    expect(await sheet.getByLabel('名称').inputValue()).toBe('支付失败超过一成')
    await sheet.getByRole('spinbutton', { name: /固定值/ }).waitFor()
    expect(await sheet.getByRole('button', { name: '保存规则' }).isDisabled()).toBe(true)
    await sheet.getByRole('button', { name: '看看上个月会报什么' }).click()
    await sheet.getByRole('heading', { name: /上个月（.*）会报 \d+ 次/ }).waitFor()
    await sheet.getByRole('button', { name: '保存规则' }).click()
    await page.getByRole('heading', { name: '支付失败超过一成' }).waitFor()
    expect(broken).toEqual([])
  }, 120_000)
})

describe('an empty shop', () => {
  test('fills by itself on the page that is open, when the first events come', async () => {
    await page.goto(`${server.url}/journey?tenant=demo`)
    await page.getByRole('heading', { name: /还没有声音/ }).waitFor()
    await bring(visits(40, { card: true, pays: (i) => i % 10 !== 0 }), 'demo')
    await page.getByRole('heading', { name: /还没有声音/ }).waitFor({ state: 'detached' })
    await page.locator('.journey-lane').first().waitFor()
  }, 60_000)
})

describe('a link that was sent to somebody', () => {
  const away = 'cem.example.com'
  const link = '/live?tenant=main&tab=funnel'

  async function opened(base: string, by: Browser): Promise<Page> {
    const context = await by.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'zh-CN' })
    const fresh = await context.newPage()
    fresh.setDefaultTimeout(60_000)
    await fresh.goto(`${base}${link}`)
    await fresh.getByLabel('邮箱').fill('lin@example.com')
    await fresh.getByLabel('密码').fill('a long enough password')
    await fresh.keyboard.press('Enter')
    await fresh.waitForURL((to) => to.pathname === '/live')
    return fresh
  }

  test('asks who they are, and then shows what was sent', async () => {
    const fresh = await opened(server.url, browser)
    expect(Object.fromEntries(new URL(fresh.url()).searchParams)).toMatchObject({ tenant: 'main', tab: 'funnel' })
    await fresh.getByText('次会话里有').waitFor()
    await fresh.context().close()
  }, 60_000)

  test('does so on a server with a name of its own, which shows nothing to strangers', async () => {
    const outside = await launchChromium({ args: [`--host-resolver-rules=MAP ${away} 127.0.0.1`] })
    try {
      const fresh = await opened(server.url.replace('localhost', away), outside)
      await fresh.getByText('次会话里有').waitFor()
      await fresh.getByRole('button', { name: '账号' }).click()
      await fresh.getByText('退出登录').click()
      await fresh.waitForURL((to) => to.pathname === '/sign-in')
    } finally {
      await outside.close()
    }
  }, 60_000)
})
