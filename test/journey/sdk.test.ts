import { existsSync } from 'node:fs'
import path from 'node:path'
import type { ServerType } from '@hono/node-server'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { MAIN } from '../../src/core/tenant.ts'
import { createHttp, listen } from '../../src/http/server.ts'
import { launchChromium } from '../chromium.ts'
import { openDatabase } from '../http/database.ts'
import { temporaryFolder } from '../stores.ts'
import { type ShopSite, startShop } from './shop-site.ts'

// A browser beside two databases on a busy machine takes its time; nothing here is a matter of speed.
vi.setConfig({ testTimeout: 180_000 })

interface Seen {
  id: string
  name: string
  at: number
  session: string
  customerRef?: string
  productId?: string
  props: Record<string, string | number>
}

const folder = temporaryFolder('sdk')
const dataDir = path.join(folder.path, 'data')
let app: App
let server: ServerType
let host: string
let shop: ShopSite
let key: { id: string; key: string }
let browser: Browser
let context: BrowserContext
let page: Page
/** Bodies of every request to Daystar but for the script. */
let sent: string[] = []
let errors: string[] = []
let database: Awaited<ReturnType<typeof openDatabase>>

beforeAll(async () => {
  if (!existsSync(path.resolve(import.meta.dirname, '../../sdk/browser/dist/daystar.js')))
    throw new Error('the SDK is not built: npm test builds it first')
  const opened = await openApp({ dataDir, host: '127.0.0.1', port: 0, readerThreads: 0 }, () => {})
  if (!opened.ok) throw new Error(opened.problem.message)
  app = opened.value
  const listening = await listen(createHttp(app), '127.0.0.1', 0)
  if (!listening.ok) throw new Error(listening.problem.message)
  server = listening.value
  host = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  database = await openDatabase(dataDir)
  browser = await launchChromium()
}, 320_000)

afterAll(async () => {
  await browser?.close()
  await shop?.stop()
  server?.close()
  await database?.end()
  await app?.close()
  folder.remove()
})

beforeEach(async () => {
  await context?.close()
  await shop?.stop()
  if (key) await app.collect.revokeKey(MAIN, key.id)
  // An origin and a key a test: what pages of earlier tests send while they close is not this one's.
  shop = await startShop()
  const made = await app.collect.makeKey(MAIN, 'shop', [shop.origin])
  if (!made.ok) throw new Error(made.problem.message)
  key = made.value
  shop.tag = `<script async src="${host}/daystar.js" data-key="${key.key}" data-debug></script>`
  sent = []
  errors = []
  context = await browser.newContext({ viewport: { width: 1000, height: 700 } })
  page = await watched(await context.newPage())
})

async function watched(one: Page): Promise<Page> {
  one.setDefaultTimeout(60_000)
  one.on('pageerror', (error) => errors.push(error.message))
  one.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  one.on('request', (request) => {
    if (request.url().startsWith(host) && !request.url().endsWith('.js')) sent.push(request.postData() ?? request.url())
  })
  return one
}

/** What Daystar has kept from this test's shop, each event once, in the order in which it happened. */
async function kept(): Promise<Seen[]> {
  const { rows } = await database.query('select records from inbox where source = $1 order by id', ['web'])
  const all = rows.flatMap(({ records }) => JSON.parse(records) as Seen[])
  const ours = all.filter(({ props }) => props.site === new URL(shop.origin).host)
  return [...new Map(ours.map((one) => [one.id, one])).values()].sort((one, other) => one.at - other.at)
}

/** Waits until what was kept is as the test wants it, and tells it. */
async function until(done: (seen: Seen[]) => boolean): Promise<Seen[]> {
  for (let tries = 0; ; tries++) {
    const seen = await kept()
    if (done(seen)) return seen
    if (tries === 600) throw new Error(`still not there: ${JSON.stringify(seen.map(({ name }) => name))}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
const has = (name: string) => (seen: Seen[]) => seen.some((one) => one.name === name)
const only = (seen: Seen[], name: string) => seen.filter((one) => one.name === name)

type Sdk = { consent(given: boolean): void; flush(): void; [call: string]: (...args: never[]) => void }
const call = (name: string, ...args: unknown[]) =>
  page.evaluate(
    ([method, rest]) => (window as unknown as { daystar: Sdk }).daystar[method as string]!(...(rest as never[])),
    [name, args] as const,
  )
const ready = () => page.waitForFunction(() => 'consent' in (window as unknown as { daystar: object }).daystar)
const memory = () => page.evaluate(() => [Object.keys(localStorage).length, document.cookie])

async function open(target = '/', consent = true) {
  await page.goto(`${shop.origin}${target}`)
  await ready()
  if (consent) await call('consent', true)
}

describe('consent', () => {
  test('before it nothing is sent, stored or remembered, whatever the visitor and the page do', async () => {
    await open('/?utm_source=ad', false)
    await call('track', 'early_bird', { a: 1 })
    await call('identify', 'C-9')
    await page.mouse.click(150, 320)
    await page.evaluate(() =>
      setTimeout(() => {
        throw new Error('broken')
      }),
    )
    await page.goto(`${shop.origin}/other`)
    await ready()
    expect(await memory()).toEqual([0, ''])
    expect(sent).toEqual([])
    expect(await kept()).toEqual([])
  })

  test('it holds for the next pages, and its withdrawal erases the ids and what was not sent', async () => {
    await open()
    await until(has('page_viewed'))
    await page.goto(`${shop.origin}/second`)
    await ready()
    const seen = await until((all) => only(all, 'page_viewed').length === 2)
    expect(new Set(seen.map(({ session }) => session)).size).toBe(1)
    await context.setOffline(true)
    await call('track', 'never_sent')
    expect((await memory())[0]).toBeGreaterThan(0)
    await call('consent', false)
    expect(await memory()).toEqual([0, ''])
    await context.setOffline(false)
    sent = []
    await page.mouse.click(150, 320)
    await page.goto(`${shop.origin}/third`)
    await ready()
    expect(sent).toEqual([])
    expect(await memory()).toEqual([0, ''])
    expect(only(await kept(), 'never_sent')).toEqual([])
  })

  test('a withdrawal in one tab silences the others', async () => {
    await open()
    await until(has('page_viewed'))
    const other = await watched(await context.newPage())
    await other.goto(`${shop.origin}/tab`)
    await until((all) => only(all, 'page_viewed').length === 2)
    await call('consent', false)
    await other.waitForFunction(() => localStorage.length === 0)
    sent = []
    await other.mouse.click(150, 320)
    await other.close({ runBeforeUnload: true })
    expect(sent).toEqual([])
  })

  test('a browser that asks not to be tracked is not, even with consent', async () => {
    await page.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { get: () => true }))
    await open()
    await page.mouse.click(150, 320)
    expect(await memory()).toEqual([0, ''])
    expect(sent).toEqual([])
  })
})

describe('what is told', () => {
  test('clicks with all that a heat map needs, and nothing of what stands in the page', async () => {
    await open('/product/7?token=s3cret#frag')
    await page.mouse.click(150, 320)
    await page.mouse.click(150, 415)
    await page.mouse.click(150, 465)
    await page.mouse.click(150, 510)
    await page.evaluate(() => window.scrollTo(0, 1_000))
    await page.mouse.click(700, 500)
    const clicks = only(await until((all) => only(all, 'clicked').length === 4), 'clicked')
    expect(clicks[0]!.props).toMatchObject({
      path: '/product/7',
      selector: '#shop>div:nth-of-type(1)>button:nth-of-type(1)',
      x: 0.15,
      y: 320,
      viewportWidth: 1000,
      viewportHeight: 700,
      device: 'desktop',
    })
    expect(clicks[0]!.props.documentHeight).toBe(4_000)
    expect(clicks[1]!.props.selector).toBe('#pw')
    expect(clicks.at(-1)!.props).toMatchObject({ x: 0.7, y: 1_500 })
    for (const { props } of clicks) {
      expect(props.x).toBeGreaterThanOrEqual(0)
      expect(props.x).toBeLessThanOrEqual(1)
    }
    const everything = sent.join('\n') + JSON.stringify(await kept())
    for (const secret of ['hunter2', 'li.hua', 'Li Hua', 's3cret', 'frag', 'Do not look'])
      expect(everything).not.toContain(secret)
    expect(errors).toEqual([])
  })

  test('a click by keyboard has the place of what was clicked', async () => {
    await open()
    await page.locator('button').focus()
    await page.keyboard.press('Enter')
    const [click] = only(await until(has('clicked')), 'clicked')
    expect(click!.props).toMatchObject({ x: 0.2, y: 320 })
  })

  test('three quick clicks at one spot are rage', async () => {
    await open()
    await page.mouse.click(150, 320, { clickCount: 4 })
    const seen = await until(has('rage_clicked'))
    expect(only(seen, 'rage_clicked')).toHaveLength(1)
  })

  test('pages that change without loading, how long and how far each was looked at', async () => {
    await open('/list')
    await page.evaluate(() => window.scrollTo(0, 1_500))
    await page.waitForTimeout(300)
    await page.evaluate(() => history.pushState({}, '', '/item?id=1'))
    await page.evaluate(() => history.replaceState({}, '', '/item?id=2'))
    await page.goBack()
    const seen = await until((all) => only(all, 'page_viewed').length === 3)
    expect(only(seen, 'page_viewed').map(({ props }) => props.path)).toEqual(['/list', '/item', '/list'])
    expect(only(seen, 'page_viewed')[1]!.props.from).toBe('/list')
    const dwelt = only(seen, 'dwelt')[0]!.props
    expect(dwelt).toMatchObject({ path: '/list' })
    expect(dwelt.seconds).toBeGreaterThanOrEqual(0.3)
    const depth = only(seen, 'scrolled')[0]!.props.depth as number
    expect(depth).toBeGreaterThan(0.4)
    expect(depth).toBeLessThan(0.8)
  })

  test('errors of the page, without what could be a person’s', async () => {
    await open()
    await page.evaluate(() =>
      setTimeout(() => {
        throw new Error('no order 20261125000417 for li.hua@example.com')
      }),
    )
    await page.evaluate(() => void Promise.reject(new Error('late')))
    const seen = only(await until((all) => only(all, 'error_seen').length === 2), 'error_seen')
    expect(seen.map(({ props }) => [props.kind, props.message])).toEqual(
      expect.arrayContaining([
        ['error', expect.stringContaining('no order # for #')],
        ['rejection', 'late'],
      ]),
    )
  })

  test('what the shop calls: search, product, cart, checkout, payment, order, and who it is', async () => {
    await open('/consented', false)
    await until(has('identified'))
    await call('search', '静音取暖器', { results: 12 })
    await call('product', 'P1', { category: '取暖器' })
    await call('cart', 'added', { productId: 'P1', quantity: 2 })
    await call('checkout', 'started')
    await call('checkout', 'address')
    await call('payment', 'tried', { method: 'wechat' })
    await call('payment', 'failed', { code: 'PAY_TIMEOUT' })
    await call('order', 'O-1', { amountMinor: 39900 })
    await call('track', 'gift_wrapped', { paper: 'red' })
    const seen = await until(has('gift_wrapped'))
    expect(seen.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'searched',
        'product_viewed',
        'product_added',
        'checkout_started',
        'checkout_step_completed',
        'payment_tried',
        'payment_failed',
        'order_completed',
      ]),
    )
    const [search] = only(seen, 'searched')
    expect(search).toMatchObject({
      customerRef: 'C-1',
      touchpoint: 'browse.search',
      props: { query: '静音取暖器', results: 12 },
    })
    expect(only(seen, 'product_added')[0]).toMatchObject({ productId: 'P1', props: { quantity: 2 } })
    await app.ingest.idle()
    const { events } = await app.collect.website(MAIN, Date.now())
    expect(events.map(({ name }) => name)).toContain('gift_wrapped')
  })
})

describe('nothing is lost', () => {
  test('what happens offline comes later, once, and with its true age', async () => {
    await open()
    await until(has('page_viewed'))
    await context.setOffline(true)
    const before = Date.now()
    await page.mouse.click(150, 320)
    await call('track', 'while_offline', { n: 1 })
    await call('flush')
    await page.waitForTimeout(1_500)
    expect(only(await kept(), 'while_offline')).toEqual([])
    await context.setOffline(false)
    const seen = await until(has('while_offline'))
    expect(only(seen, 'clicked')).toHaveLength(1)
    const [late] = only(seen, 'while_offline')
    expect(late!.at).toBeLessThan(before + 1_400)
  })

  test('a page that is left hands over what it has, and the next page does not count it again', async () => {
    await open()
    await page.waitForTimeout(300)
    await page.mouse.click(150, 575)
    await page.waitForURL(/next/)
    await ready()
    const seen = await until((all) => only(all, 'page_viewed').length === 2)
    expect(only(seen, 'clicked')).toHaveLength(1)
    expect(only(seen, 'dwelt')[0]!.props.path).toBe('/')
    await app.ingest.idle()
    const { events } = await app.collect.website(MAIN, Date.now())
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
  })

  test('a tab that is closed at once has told its page view', async () => {
    await open('/short')
    await page.mouse.click(150, 320)
    await page.close({ runBeforeUnload: true })
    const seen = await until(has('clicked'))
    expect(only(seen, 'page_viewed')[0]!.props.path).toBe('/short')
  })

  test('a clock that is a day off is set right', async () => {
    await page.addInitScript(() => {
      const now = Date.now.bind(Date)
      Date.now = () => now() - 86_400_000
    })
    const before = Date.now()
    await open('/yesterday')
    const [seen] = only(await until(has('page_viewed')), 'page_viewed')
    expect(Math.abs(seen!.at - before)).toBeLessThan(60_000)
  })

  test('a door that says “later” is asked again after the time that it named', async () => {
    const tries: number[] = []
    await page.route(`${host}/api/v1/collect`, async (route) => {
      tries.push(Date.now())
      const headers = {
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'Retry-After',
        'retry-after': '3',
      }
      if (tries.length === 1) await route.fulfill({ status: 429, headers, body: '{}' })
      else await route.continue()
    })
    await open()
    await call('flush')
    await expect.poll(() => tries.length, { timeout: 60_000 }).toBe(1)
    await call('flush')
    await until(has('page_viewed'))
    expect(tries[1]! - tries[0]!).toBeGreaterThanOrEqual(3_000)
  })
})

test('a person makes the code in the console, puts it into the shop, and sees that it works', async () => {
  const person = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'zh-CN' })
  const account = { name: '林晓', email: 'lin@example.com', password: 'a long enough password' }
  await person.request.post(`${host}/api/v1/owner`, { data: account })
  const settings = await person.newPage()
  settings.setDefaultTimeout(60_000)
  await settings.goto(`${host}/settings?tenant=main`)
  const card = settings.locator('section.website')
  await card.getByLabel('网站名称').fill('官网商城')
  await card.getByLabel('网页地址').fill('https://shop.example.com/cart')
  await card.getByRole('button', { name: '生成代码' }).click()
  await card.getByText('有一行不是网页地址').waitFor()
  await card.getByLabel('网页地址').fill(`${shop.origin}\nm.shop.example.com`)
  await card.getByRole('button', { name: '生成代码' }).click()
  const site = card.locator('.sites > li').filter({ hasText: '官网商城' })
  expect(await site.textContent()).toContain('https://m.shop.example.com')
  expect(await site.textContent()).toContain('还没有收到事件')
  shop.tag = (await site.locator('pre').first().textContent())!
  await open()
  await call('payment', 'failed', { code: 'PAY_TIMEOUT' })
  await until(has('payment_failed'))
  await site.getByText('最近一条').waitFor()
  await card.locator('.events').getByText('支付失败').first().waitFor()
  await person.close()
})

test('it works on a page whose policy allows Daystar’s script and door and nothing inline', async () => {
  shop.policy = `default-src 'none'; script-src 'self' ${host}; connect-src ${host}; style-src 'unsafe-inline'`
  await page.goto(`${shop.origin}/consented`)
  await until(has('identified'))
  await page.mouse.click(150, 320)
  await until(has('clicked'))
  expect(errors.filter((text) => /policy/i.test(text))).toEqual([])
})

test('a site that is not declared gets nothing in', async () => {
  const stranger = await startShop()
  stranger.tag = shop.tag
  await page.goto(`${stranger.origin}/consented`)
  await expect.poll(() => errors.some((text) => /CORS|403/.test(text)), { timeout: 60_000 }).toBe(true)
  expect(sent.length).toBeGreaterThan(0)
  const { rows } = await database.query('select records from inbox where position($1 in records) > 0', [
    new URL(stranger.origin).host,
  ])
  expect(rows).toEqual([])
  await stranger.stop()
})
