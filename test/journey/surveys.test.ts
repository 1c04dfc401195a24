import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { type RunningServer, startDaystar } from './server.ts'

vi.setConfig({ testTimeout: 300_000 })

const built = path.resolve(import.meta.dirname, '../../console/dist/index.html')

let server: RunningServer
let browser: Browser
let page: Page

beforeAll(async () => {
  if (!existsSync(built)) throw new Error('the console is not built: npm test builds it first')
  server = await startDaystar(['--no-demo'])
  browser = await launchChromium()
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'zh-CN' })
  page = await context.newPage()
  page.setDefaultTimeout(60_000)
}, 320_000)

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

test('whoever makes the first account lands in the own shop, not in a demo that is not there', async () => {
  await page.goto(`${server.url}/welcome`)
  await page.getByLabel('姓名').fill('林晓')
  await page.getByLabel('邮箱').fill('lin@example.com')
  await page.locator('input[type=password]').fill('a long enough password')
  await page.keyboard.press('Enter')
  await page.getByText('我的店铺还没有声音').waitFor()
  expect(new URL(page.url()).searchParams.get('tenant')).toBe('main')
})

test('the editor knows what is saved, and asks before it is left with what is not', async () => {
  await page.goto(`${server.url}/surveys/new?tenant=main`)
  await page.getByRole('button', { name: '用这个模板' }).last().click()
  await page.getByRole('combobox', { name: '加一题' }).click()
  await page.getByTitle('CSAT 满意度 1–5').click()
  await page.getByLabel('题目 · 中文', { exact: true }).fill('满意吗？')
  await page.getByLabel('题目 · 英文', { exact: true }).fill('Satisfied?')
  await page.getByText('有没保存的修改').waitFor()
  await page.getByRole('button', { name: '保存这一版' }).click()
  await page.getByText('已保存为第 2 版').waitFor()
  await page.getByText('有没保存的修改').waitFor({ state: 'detached' })
  await page.getByText('发放', { exact: true }).click()
  await page.getByText('公开链接').waitFor()
  await page.getByText('编辑', { exact: true }).click()

  await page.getByLabel('问卷名称 · 中文', { exact: true }).fill('没保存的名字')
  const asked: string[] = []
  page.once('dialog', (dialog) => {
    asked.push(dialog.message())
    void dialog.dismiss()
  })
  await page.getByText('发放', { exact: true }).click()
  await expect.poll(() => asked).toEqual(['修改还没有保存，离开就没有了。仍要离开吗？'])
  expect(await page.getByLabel('问卷名称 · 中文', { exact: true }).inputValue()).toBe('没保存的名字')
  page.once('dialog', (dialog) => void dialog.accept())
  await page.getByRole('link', { name: '声音' }).first().click()
  await page.waitForURL(/\/voices/)
})

test('what a high-value customer has spent is asked in the shop’s own currency', async () => {
  await page.goto(`${server.url}/surveys?tenant=main`)
  await page.getByText('新问卷').first().click()
  await page.getByText('发放', { exact: true }).click()
  await page.getByRole('combobox').first().click()
  await page.getByTitle('高价值顾客').click()
  await page.getByRole('combobox', { name: '货币' }).click()
  await page.keyboard.type('JPY')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '保存规则' }).click()
  await page.getByText('已保存').first().waitFor()
  const id = /surveys\/(\w+)/.exec(page.url())![1]
  const kept = await page.request.get(`${server.url}/api/v1/surveys/${id}?tenant=main`)
  // A yen has no smaller unit.
  expect((await kept.json()).rule.trigger).toMatchObject({ kind: 'valuable', overMinor: 2_000, currency: 'JPY' })
})
