import { expect, test } from 'vitest'
import type { Place } from './measuring.ts'

/** What holds on whatever page one is: its address brings it back, and a failure is told. */
export function holding(at: () => Place): void {
  test('the records behind a number stand in the address; Escape closes them and gives the focus back', async () => {
    const { page, url } = at()
    const shown = page.locator('dialog[open] .evidence-rows li').first()
    await page.goto(`${url}/journey?tenant=demo`)
    await page.locator('.journey-edge .friction').first().focus()
    await page.keyboard.press('Enter')
    await shown.waitFor()
    expect(page.url()).toMatch(/records=friction/)
    await page.keyboard.press('Escape')
    await shown.waitFor({ state: 'hidden' })
    expect(await page.evaluate(() => document.activeElement?.classList.contains('friction'))).toBe(true)
    await page.waitForURL((to) => !to.searchParams.has('records'))

    await page.goto(`${url}/journey?tenant=demo&tab=table`)
    await page.locator('.journey-table button').first().click()
    await shown.waitFor()
    await page.reload()
    await shown.waitFor()
    await page.goBack()
    await shown.waitFor({ state: 'hidden' })
  })

  test('a sheet that was closed leaves no step behind: one Back goes to the page before', async () => {
    const { page, url } = at()
    await page.goto(`${url}/overview-before?tenant=demo`)
    await page.goto(`${url}/indicators/nps?tenant=demo`)
    await page.getByRole('button', { name: /^看 .* 条记录/ }).click()
    await page.locator('dialog[open] .evidence-rows li').first().waitFor()
    await page.keyboard.press('Escape')
    await page.waitForURL((to) => !to.searchParams.has('records'))
    await page.goBack()
    await page.waitForURL(/overview-before/)
  })

  test('a form stands in the address; saved, it gives the focus back to what opened it', async () => {
    const { page, url } = at()
    const sheet = page.locator('dialog[open]')
    await page.goto(`${url}/modules/support?tenant=demo`)
    const opens = page.locator('.kpi-row').first().getByRole('button', { name: '设目标' })
    await opens.click()
    await sheet.getByLabel('目标值').waitFor()
    await page.reload()
    await sheet.getByLabel('目标值').waitFor()
    await page.keyboard.press('Escape')
    await opens.click()
    await sheet.getByLabel('目标值').fill('1')
    await sheet.getByRole('button', { name: '保存目标' }).click()
    await sheet.waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.closest('.kpi-row') !== null)).toBe(true)

    await page.goto(`${url}/?tenant=demo`)
    await page.getByRole('link', { name: '查看洞察' }).first().click()
    await page.getByRole('button', { name: '建立干预' }).click()
    await sheet.getByLabel('改了什么').waitFor()
    await page.reload()
    await sheet.getByLabel('改了什么').waitFor()
  })

  test('where the server fails the page says so in its own language, and goes on when it is asked again', async () => {
    const { page, url } = at()
    const effects = /\/api\/v1\/effects\?/
    const body = JSON.stringify({ error: { code: 'internal', message: 'out of order' } })
    await page.route(effects, (route) => route.fulfill({ status: 500, contentType: 'application/json', body }))
    await page.goto(`${url}/effects?tenant=demo`)
    await page.getByText('没能读到「成效」').waitFor()
    expect(await page.locator('main').textContent()).not.toContain('out of order')
    await page.unroute(effects)
    await page.getByRole('button', { name: '再试一次' }).click()
    await page.getByText('换用低噪风扇').first().waitFor()
  })

  test('a part of the settings has an address of its own', async () => {
    const { page, url } = at()
    await page.goto(`${url}/settings?tenant=demo`)
    await page.getByText('隐私', { exact: true }).click()
    await page.waitForURL(/tab=privacy/)
    await page.reload()
    await page.getByText('顾客的个人信息').waitFor()
    await page.goBack()
    await page.getByText('API 密钥').waitFor()
  })
}
