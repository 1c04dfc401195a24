import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { holding } from './holding.ts'
import { withstanding } from './hostile.ts'
import { measuring } from './measuring.ts'
import { type RunningServer, startDaystar } from './server.ts'

const built = path.resolve(import.meta.dirname, '../../console/dist/index.html')

let server: RunningServer
let browser: Browser
let context: BrowserContext
let page: Page
const broken: string[] = []

beforeAll(async () => {
  if (!existsSync(built)) throw new Error('the console is not built: npm test builds it first')
  server = await startDaystar()
  browser = await launchChromium()
  context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'zh-CN' })
  page = await context.newPage()
  page.setDefaultTimeout(20_000)
  page.on('pageerror', (error) => broken.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/401|Failed to load resource/.test(message.text())) broken.push(message.text())
  })
}, 320_000)

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const open = (target: string) => page.goto(`${server.url}${target}`)
/** All the text that the page shows. */
const shown = async () => (await page.locator('main').textContent()) ?? ''
const heading = (text: string | RegExp) => page.getByText(text).first()

describe('a day with Daystar', () => {
  test('the first page says what happened, and that all of it is simulated', async () => {
    await open('/')
    await heading(/取暖器：在“睡觉”时抱怨噪音的顾客，退货多/).waitFor()
    expect(await page.locator('body').textContent()).toContain('模拟数据')
    const text = await shown()
    for (const name of ['NPS', 'CSAT', '退货率', '95% 区间']) expect(text).toContain(name)
    expect(text).toMatch(/n \d/)
    // The cases that were compared, not those that were talked of: the interval rests on the former.
    const { findings } = await (await context.request.get(`${server.url}/api/v1/overview?tenant=demo`)).json()
    const [one, other] = [findings[0].exposed.n, findings[0].control.n].map((n: number) => n.toLocaleString('en'))
    expect(text).toContain(`n ${one} 对 ${other}`)
  })

  test('a filter goes into the address, and the address brings it back', async () => {
    await open('/?tenant=demo&category=热水器')
    await heading(/热水器：/).waitFor()
    expect(await shown()).not.toContain('取暖器：在“睡觉”时')
  })

  test('from a number one comes to its breakdown, and from there to what people said', async () => {
    await open('/?tenant=demo')
    await page.getByRole('link', { name: /NPS/ }).first().click()
    await page.waitForURL(/indicators\/nps/)
    await heading('分组对比').waitFor()
    await page
      .getByRole('link', { name: /看这些声音|看低分的声音/ })
      .first()
      .click()
    await page.waitForURL(/voices/)
    await page.locator('mark').first().waitFor()
    expect(await page.locator('mark').count()).toBeGreaterThan(3)
  })

  test('the indicators say what moved; one of them goes by week, and its address brings the same view back', async () => {
    await open('/indicators?tenant=demo')
    await heading(/与前 28 天相比/).waitFor()
    await page.locator('.indicator-row').filter({ hasText: 'NPS' }).click()
    await page.waitForURL(/indicators\/nps/)
    await page.getByText('一周', { exact: true }).click()
    await page.waitForURL(/grain=week/)
    await page.reload()
    await page.locator('.ant-segmented-item-selected').filter({ hasText: '一周' }).waitFor()
    await heading(/与其余各组|组与其余/).waitFor()
  })

  test('a facet narrows the voices, and each of them shows the span that was read', async () => {
    await open('/voices?tenant=demo&category=取暖器&aspect=noise&scene=sleep')
    await page.locator('mark').first().waitFor()
    expect(await shown()).toMatch(/#睡觉/)
  })

  test('the journey is a map: where customers are held up in words, and beside it what is known of a touchpoint', async () => {
    await open('/touchpoints?tenant=demo')
    await page.waitForURL(/journey/)
    await heading(/处卡点，卡住最多的是/).waitFor()
    expect(await page.locator('.journey-lane').count()).toBe(4)
    expect(await shown()).toMatch(/晚了 \d+\.\d%/)
    await page.locator('.touchpoint-card').filter({ hasText: '上门安装' }).click()
    const drawer = page.getByRole('complementary', { name: '上门安装' })
    await drawer.getByText('送装服务').waitFor()
    // Findings are looked for when the market has been made; on a busy machine they come a little later.
    await drawer
      .getByText(/安装晚于约定日/)
      .first()
      .waitFor()
    expect(await drawer.textContent()).toMatch(/自送达走到这里.*卡在这里.*安装晚于约定日/)
    expect(page.url()).toContain('focus=fulfil.install')
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
  })

  test('a guest is told how to go on instead of being let down', async () => {
    await open('/')
    await page
      .getByRole('link', { name: '查看洞察' })
      .or(page.getByRole('button', { name: '查看洞察' }))
      .first()
      .click()
    await page.waitForURL(/findings\//)
    await heading('这个结论站得住吗').waitFor()
    expect(await page.getByRole('button', { name: '转为工单' }).isDisabled()).toBe(true)
  })

  test('the owner account is made in the browser', async () => {
    await open('/welcome')
    const fields = page.locator('form input')
    await fields.nth(0).waitFor()
    await fields.nth(0).fill('林晓')
    await page
      .locator('form input[type=email], form input[autocomplete=email], form input[autocomplete=username]')
      .first()
      .fill('lin@example.com')
    const secret = page.locator('form input[type=password]')
    await secret.fill('short')
    await page.locator('form button[type=submit]').click()
    // The rule is said once.
    await page.getByText('密码至少 10 个字符').waitFor()
    expect(await page.getByText('至少 10 个字符', { exact: true }).isVisible()).toBe(false)
    await secret.fill('a long enough password')
    await page.locator('form button[type=submit]').click()
    await page.waitForURL((url) => !url.pathname.startsWith('/welcome'))
  })

  test('a finding becomes a ticket for the department that owns it, with clocks, and its moves are on record', async () => {
    await open('/?tenant=demo')
    await page
      .getByRole('link', { name: '查看洞察' })
      .or(page.getByRole('button', { name: '查看洞察' }))
      .first()
      .click()
    await page.getByRole('button', { name: '转为工单' }).click()
    await page.waitForURL(/tickets/)
    const drawer = page.locator('main, .ant-drawer, aside').filter({ hasText: '硬件品控' }).first()
    await drawer.waitFor()
    const answer = await (await context.request.get(`${server.url}/api/v1/tickets?tenant=demo`)).json()
    expect(answer.tickets).toHaveLength(1)
    expect(answer.tickets[0]).toMatchObject({ state: 'open', department: 'hardware-quality' })
    expect(answer.tickets[0].firstAnswerDueAt).toBeLessThan(answer.tickets[0].closeDueAt)
  })

  test('what was changed because of a finding is put on record, and its effect is followed', async () => {
    await open('/?tenant=demo')
    await page.getByRole('link', { name: '查看洞察' }).first().click()
    await page.getByRole('button', { name: '建立干预' }).click()
    const form = page.locator('dialog[open]')
    expect(await form.locator('.ant-select-selection-item').count()).toBe(1)
    await form.getByLabel('改了什么').fill('出厂前加一道噪音检验')
    await form.getByLabel('哪些商品').click()
    await page.locator('.ant-select-dropdown:visible').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('.ant-select-dropdown:visible').waitFor({ state: 'hidden' })
    expect(await form.isVisible()).toBe(true)
    await form.getByRole('button', { name: '记下这次干预' }).click()
    await page.waitForURL(/effects\//)
    await open('/effects?tenant=demo')
    await heading('出厂前加一道噪音检验').waitFor()
  })

  measuring(() => ({ page, context, url: server.url }))
  holding(() => ({ page, context, url: server.url }))

  test('the proof of the quieter fan reads as a plain verdict with its interval', async () => {
    await open('/effects?tenant=demo')
    await page.getByText('换用低噪风扇').first().click()
    await page.waitForURL(/effects\//)
    await heading(/^有效/).waitFor()
    await heading('差中之差').waitFor()
    const text = await shown()
    expect(text).toMatch(/95% 区间/)
  })

  test('new data shows without a reload', async () => {
    await open('/voices?tenant=main')
    const made = await context.request.post(`${server.url}/api/v1/voices?tenant=main`, {
      data: [{ text: '热水器安装师傅乱收费，要了三百', rating: 1, at: Date.now(), category: '热水器' }],
      headers: { origin: server.url },
    })
    expect(made.status()).toBe(200)
    await page.waitForFunction(() => document.querySelector('main')?.textContent?.includes('要了三百'))
  })

  test('the same in English', async () => {
    await open('/?tenant=demo&lang=en')
    await heading(/customers who complain of noise/i).waitFor()
    await open('/?tenant=demo&lang=zh')
  })

  test('on a phone nothing is wider than the screen', async () => {
    const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })
    const small = await phone.newPage()
    for (const target of [
      '/',
      '/voices',
      '/findings',
      '/effects',
      '/effects/quieter-fan',
      '/tickets',
      '/journey',
      '/modules',
      '/modules/support',
      '/indicators/new',
      '/indicators/nps',
      '/alerts',
      '/review',
    ]) {
      await small.goto(`${server.url}${target}?tenant=demo`)
      await small.locator('main').waitFor()
      await small.waitForTimeout(600)
      const [wide, screen] = await small.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
      expect(wide, target).toBeLessThanOrEqual(screen!)
    }
    // The review's table, the last of them, has nothing that must be pushed aside to be seen.
    const table = small.locator('.review-aspects')
    await table.waitFor()
    const [inside, room] = await table.evaluate((node) => [node.scrollWidth, node.parentElement!.clientWidth])
    expect(inside).toBeLessThanOrEqual(room!)
    await phone.close()
  })

  test('no page broke on the way', () => {
    expect(broken).toEqual([])
  })
})

describe('scripts in reviews and chats', () => {
  withstanding(() => ({ page, context, url: server.url }))
})
