import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { type RunningServer, startDaystar } from './server.ts'

const built = path.resolve(import.meta.dirname, '../../console/dist/index.html')

let server: RunningServer
let browser: Browser
let page: Page
const broken: string[] = []

beforeAll(async () => {
  if (!existsSync(built)) throw new Error('the console is not built: npm test builds it first')
  server = await startDaystar(['--no-demo'])
  browser = await launchChromium()
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'zh-CN' })
  const owner = { name: '林晓', email: 'lin@example.com', password: 'a long enough password' }
  expect((await context.request.post(`${server.url}/api/v1/owner`, { data: owner })).ok()).toBe(true)
  page = await context.newPage()
  page.setDefaultTimeout(30_000)
  page.on('pageerror', (error) => broken.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) broken.push(message.text())
  })
}, 320_000)

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const choose = async (name: string, text: string) => {
  await page.locator('.bring input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  await page.locator('.looking[aria-busy=false]').waitFor()
}
const bring = () => page.locator('.bring')

test('a file is recognised, looked at, imported, and its voices are there', async () => {
  await page.goto(`${server.url}/sources?tenant=main`)
  await choose(
    '评价.csv',
    '评价内容,评分,评价时间,昵称\n出水很安静，电话 13812345678,5,2026-03-01 10:00:00,张三\n夜里太吵了,9,2026-03-02,李四\n',
  )
  const seen = (await bring().textContent())!
  expect(seen).toContain('这是「评价表格（CSV）」')
  expect(seen).toContain('2 行，成为 1 条声音')
  expect(seen).toContain('138****5678')
  expect(seen).not.toContain('13812345678')
  expect(seen).toContain('第 3 行')
  await bring().getByRole('button', { name: '导入，跳过会被拒收的' }).click()
  await bring().getByText('收下 1 条').waitFor()
  await bring().getByRole('link', { name: '看声音' }).click()
  await page.waitForURL(/voices/)
  await page.getByText('出水很安静').first().waitFor()
  expect(broken).toEqual([])
})

test('where the connection breaks, the import waits and goes on by itself', async () => {
  await page.goto(`${server.url}/sources?tenant=main`)
  await page.route('**/api/v1/imports?*file=*', (route) => route.abort(), { times: 1 })
  await choose('断过.csv', '评价内容,评分,评价时间\n包装很结实,5,2026-03-03 10:00:00\n')
  await bring().getByRole('button', { name: '导入' }).click()
  await bring().getByText('等服务器回来就自动接着导入').waitFor()
  await bring().getByText('收下 1 条').waitFor()
  await bring().getByRole('button', { name: '再传一个文件' }).click()
  expect(broken).toEqual([])
})

test('columns that nobody could guess are chosen by hand, and the preview follows', async () => {
  await page.goto(`${server.url}/sources/reviews-csv?tenant=main`)
  await choose('自己的.csv', '正文甲,打星,何时\n插头有点松,2,2026-04-01\n')
  await bring().getByText('认不出哪一列是正文或评分').waitFor()
  for (const [column, field] of [
    ['正文甲', '原话'],
    ['何时', '时间'],
  ] as const) {
    await bring().getByRole('combobox', { name: column }).click()
    await page.keyboard.type(field)
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: field }).first().click()
    await page.locator('.looking[aria-busy=false]').waitFor()
  }
  await bring().getByText('1 行，成为 1 条声音').waitFor()
  await bring().getByText('插头有点松').waitFor()
  expect(broken).toEqual([])
})

test('a system is connected by webhook: the address is shown, the connection waits, and can be paused', async () => {
  await page.goto(`${server.url}/sources/chatwoot?tenant=main`)
  const form = page.locator('.connect form').first()
  await form.getByLabel('名称').fill('旗舰店客服')
  await form.getByLabel('签名密钥').fill('an invented secret')
  await form.getByRole('button', { name: '建立连接' }).click()
  await form.getByText(/\/api\/v1\/hooks\/[\w-]{20,}/).waitFor()
  const row = page.locator('.connection').filter({ hasText: '旗舰店客服' })
  await row.getByText('等第一次').waitFor()
  expect(await row.textContent()).not.toContain('an invented secret')
  await row.getByRole('button', { name: '暂停' }).click()
  await row.getByText('已暂停').waitFor()
  expect(broken).toEqual([])
})
