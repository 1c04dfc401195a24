import type { BrowserContext, Page } from 'playwright-core'
import { expect, test } from 'vitest'

export interface Place {
  page: Page
  context: BrowserContext
  url: string
}

/** Presses Tab until what has the focus is called that; the ring round it must be seen. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 90; presses++) {
    await page.keyboard.press('Tab')
    const { said, seen } = await page.evaluate(() => {
      const on = document.activeElement as HTMLInputElement
      const ringed = [on, on.closest('.ant-select, .ant-input-number, .ant-radio-wrapper, .ant-radio')].some((node) => {
        const style = node && getComputedStyle(node)
        return style && (style.outlineStyle !== 'none' || style.boxShadow !== 'none')
      })
      const label = on.labels?.[0]?.textContent ?? ''
      const words = [on.getAttribute('aria-label'), label, on.textContent].map((one) => one?.trim()).filter(Boolean)
      return { said: words[0] ?? '', seen: ringed }
    })
    if (!name.test(said)) continue
    expect(seen, `the focus on ${said} is seen`).toBe(true)
    return
  }
  throw new Error(`Tab never came to ${name}`)
}

/** Opens the list that has the focus, narrows it until the wanted value is the one that Enter takes, and takes it. */
async function pick(page: Page, text: string, value: string): Promise<void> {
  await page.keyboard.type(text, { delay: 20 })
  const list = page.locator('.ant-select-dropdown:visible')
  await list.locator('.ant-select-item-option-active').filter({ hasText: text }).waitFor()
  await page.keyboard.press('Enter')
  await drafted(page, `"${value}"`)
}

/** Waits until the address holds what was said: the page keeps the draft there. */
const drafted = (page: Page, said: string) =>
  page.waitForURL((url) => (url.searchParams.get('draft') ?? '').includes(said))

/** So long a busy machine may take to save. */
const WAITS = { timeout: 20_000 }

/** Lets what is asked there wait for its answer, until it may go on. What is sent goes through. */
async function hold(page: Page, where: RegExp): Promise<() => Promise<void>> {
  const gate = Promise.withResolvers<void>()
  await page.route(where, async (route) => {
    if (route.request().method() === 'GET') await gate.promise
    // A page that was left asks no more.
    await route.continue().catch(() => {})
  })
  return async () => {
    gate.resolve()
    await page.unroute(where)
  }
}

/** What the owner does with modules and with an indicator of their own. Called where a server with the demo market is up. */
export function measuring(at: () => Place): void {
  test('a module gets a target and an owner; the page says that the target is missed, and prints', async () => {
    const { page, context, url } = at()
    await page.goto(`${url}/modules/fulfilment?tenant=demo`)
    const row = page.locator('.kpi-row').filter({ hasText: '准时送达率' })
    await row.getByRole('button', { name: '设目标' }).click()
    const sheet = page.locator('dialog[open]')
    await sheet.getByLabel('目标值').fill('99.5')
    await sheet.getByRole('button', { name: '保存目标' }).click()
    await row.getByText('未达标', { exact: true }).waitFor()
    await page.getByText(/准时送达率 .*未达到目标 99\.5%/).waitFor()

    await page.getByRole('button', { name: '更换负责人' }).click()
    await sheet.getByLabel('姓名（可不填）').fill('周岚')
    await sheet.getByRole('button', { name: '保存负责人' }).click()
    await page
      .getByText(/物流配送 · 周岚/)
      .first()
      .waitFor()
    const history = page.locator('.module-history')
    await history.getByText(/周岚/).first().waitFor()
    expect(await history.textContent()).toContain('99.5%')
    const told = await (await context.request.get(`${url}/api/v1/modules/fulfilment?tenant=demo`)).json()
    expect(told.kpis[0]).toMatchObject({ id: 'on_time_rate', verdict: 'missed', target: { value: 0.995 } })
    expect(told.kpis[0].gap.high).toBeLessThan(0)

    await page.setViewportSize({ width: 794, height: 1123 })
    await page.emulateMedia({ media: 'print' })
    const paper = await page.evaluate(() => ({
      row: document.querySelector('.kpi-row')!.getBoundingClientRect().width,
      wide: document.documentElement.scrollWidth,
    }))
    expect(paper.row).toBeGreaterThan(700)
    expect(paper.wide).toBeLessThanOrEqual(794)
    expect(await page.locator('.sidebar').isVisible()).toBe(false)
    expect(await row.getByRole('button', { name: '改目标' }).isVisible()).toBe(false)
    expect(await page.getByRole('heading', { name: '订单履约' }).isVisible()).toBe(true)
    await page.emulateMedia({ media: 'screen' })
    await page.setViewportSize({ width: 1440, height: 1000 })
  })

  test('a page says that it is on its way as long as nobody knows who is there', async () => {
    const { page, url } = at()
    const goOn = await hold(page, /\/api\/v1\/session/)
    await page.goto(`${url}/modules/fulfilment?tenant=demo`)
    await page.getByRole('status', { name: '正在读取' }).waitFor()
    await goOn()
    await page.locator('.kpi-row').first().waitFor()
  })

  test('an indicator is put together with the keyboard alone, and leads to the records behind its figure', async () => {
    const { page, context, url } = at()
    await page.goto(`${url}/indicators/new?tenant=demo`)
    await page.getByRole('button', { name: '保存指标' }).waitFor()
    await tabTo(page, /^订单行/)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    expect(await page.getByRole('radio', { name: /^声音/ }).isChecked()).toBe(true)
    await tabTo(page, /^加条件/)
    await page.keyboard.press('Enter')
    await page.locator('input:focus[aria-label="条件 1：看哪一项"]').waitFor()
    await pick(page, '声音类型', 'kind')
    await tabTo(page, /^条件 1：取值/)
    await pick(page, '商品评价', 'review')
    await tabTo(page, /^占比/)
    await drafted(page, '"how":"share"')
    await tabTo(page, /^加条件/)
    await page.keyboard.press('Enter')
    await page.locator('input:focus[aria-label="条件 1：看哪一项"]').waitFor()
    await pick(page, '评分', 'rating')
    await tabTo(page, /^条件 1：上限/)
    await page.keyboard.type('2')
    await drafted(page, '"atMost":2')
    await tabTo(page, /^中文名/)
    await page.keyboard.type('两星及以下的评价')
    await drafted(page, '两星及以下的评价')
    await tabTo(page, /^保存指标/)
    // Whoever has saved it is led to it, however long everything else takes to be asked again.
    const goOn = await hold(page, /\/api\/v1\/(catalogue|indicators\/parts|indicators\/preview|indicators\?)/)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/indicators\/own_/)
    await page.locator('.indicator-head .value').waitFor()
    await goOn()

    const id = new URL(page.url()).pathname.split('/').at(-1)!
    const figure = await (await context.request.get(`${url}/api/v1/indicators/${id}?tenant=demo`)).json()
    const { value, n } = figure.estimate
    expect(n).toBeGreaterThan(500)
    await page
      .locator('.indicator-head .value')
      .getByText((value * 100).toFixed(1))
      .waitFor()
    await tabTo(page, /^看 [\d,]+ 条记录/)
    await page.keyboard.press('Enter')
    const rows = page.locator('dialog[open] .evidence-rows li')
    await rows.first().waitFor()
    expect(await page.locator('dialog[open]').textContent()).toContain(`共 ${n.toLocaleString('en')} 条`)
    await page.keyboard.press('Escape')
    await page.waitForURL((to) => !to.searchParams.has('records'))

    await page.goto(`${url}/modules/support?tenant=demo`)
    await page.locator('.kpis').getByRole('combobox', { name: '加自建指标' }).click()
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: '两星及以下' }).click()
    const laid = page.locator('.kpi-row').filter({ hasText: '两星及以下的评价' })
    await laid
      .getByText((value * 100).toFixed(1))
      .first()
      .waitFor()
    await laid.getByRole('button', { name: '从本模块移出两星及以下的评价' }).click()
    await laid.waitFor({ state: 'detached' })
    expect(await page.locator('.module-history').textContent()).toMatch(/两星及以下的评价.*不显示/)
  })

  test('where the period it is set against has no data, the page says so and tells no change', async () => {
    const { page, url } = at()
    await page.goto(`${url}/indicators/nps?tenant=demo&other=year`)
    await page.getByText(/没有完整的数据：记录从 .* 才开始/).waitFor()
    expect(await page.locator('.compared').textContent()).toContain('说不准')
  })

  test('a promotion is written with the keyboard, taken away with the mouse, and the usual calendar comes back', async () => {
    const { page, context, url } = at()
    const kept = async () =>
      (await (await context.request.get(`${url}/api/v1/promotions?tenant=demo`)).json()) as {
        usual: boolean
        promotions: { zh: string; from: string; to: string }[]
      }
    const usual = await kept()
    await page.goto(`${url}/settings?tenant=demo&tab=calendar`)
    const calendar = page.locator('.promotions')
    await calendar.getByRole('button', { name: '加一个日子' }).waitFor()
    // Before it stand some hundred fields of the usual calendar.
    await calendar.getByRole('button', { name: '加一个日子' }).focus()
    await page.keyboard.press('Enter')
    // The new row is gone on with at once.
    await page.keyboard.type('周年庆')
    await tabTo(page, /^从/)
    await page.keyboard.type('5.20')
    await calendar.getByRole('alert').waitFor()
    await tabTo(page, /^到/)
    await page.keyboard.type('5-22')
    await calendar.getByRole('alert').waitFor({ state: 'detached' })
    await tabTo(page, /^保存日历/)
    await page.keyboard.press('Enter')
    await page.getByText('日历已保存').first().waitFor()
    const written = (await kept()).promotions
    expect(written.filter(({ zh }) => zh === '周年庆')).toMatchObject([{ from: '05-20', to: '05-22' }])
    expect(written).toHaveLength(usual.promotions.length + 1)

    await calendar.getByRole('button', { name: '去掉周年庆' }).click()
    await calendar.getByRole('button', { name: '保存日历' }).click()
    await expect.poll(async () => (await kept()).promotions.some(({ zh }) => zh === '周年庆'), WAITS).toBe(false)
    await calendar.getByRole('button', { name: '恢复常用日历' }).click()
    await expect.poll(async () => (await kept()).usual, WAITS).toBe(true)
  })
}
