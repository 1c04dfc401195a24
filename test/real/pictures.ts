import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser } from 'playwright-core'
import { launchChromium } from '../chromium.ts'

/**
 * Takes the pictures of the docs: the Overview of the demo market, and with `--published FOLDER` (made by publish.ts) the Overview and
 * the report on real data:
 *   PORT=7160 node test/real/pictures.ts [--published FOLDER] [--out docs/pictures]
 */
const { values } = parseArgs({
  options: { published: { type: 'string' }, out: { type: 'string', default: 'docs/pictures' } },
})
const root = path.resolve(import.meta.dirname, '../..')
const port = process.env.PORT ?? '7160'
const MOST_BYTES = 300_000
mkdirSync(values.out, { recursive: true })
const browser = await launchChromium()
if (values.published) await pictureRealData(browser, path.resolve(values.published))
await pictureDemo(browser)
await browser.close()

async function pictureRealData(browser: Browser, published: string): Promise<void> {
  for (const name of ['reviews', 'orders']) {
    const file = `file://${path.join(published, `${name}.zh.html`)}`
    // The findings are the story: the head of the report, then the category that the picture is about.
    await picture(browser, file, `real-${name}-report.png`, { width: 900, height: name === 'reviews' ? 1150 : 1000 })
    const started = await startOn(path.join(published, `data-${name}`), ['--no-demo'])
    await makeOwner(browser, started)
    await picture(browser, `${started.url}/?tenant=main&lang=zh`, `real-${name}-overview.png`, { token: started.token })
    await started.stop()
  }
  const reviews = `file://${path.join(published, 'reviews.zh.html')}`
  await picture(browser, reviews, 'real-water-heater-report.png', { width: 900, height: 1200, heading: '热水器' })
}

/** Without an owner account every page asks for one. */
async function makeOwner(browser: Browser, { url }: { url: string }): Promise<void> {
  const { needsOwner } = (await (await fetch(`${url}/api/v1/session`)).json()) as { needsOwner: boolean }
  if (!needsOwner) return
  const page = await browser.newPage()
  await page.goto(`${url}/welcome`)
  const fields = page.locator('form input')
  await fields.first().fill('Lin')
  await fields.nth(1).fill('lin@example.com')
  const password = randomUUID()
  for (const secret of await page.locator('form input[type=password]').all()) await secret.fill(password)
  await page.locator('form button[type=submit]').click()
  await page.waitForURL((address) => !address.pathname.startsWith('/welcome'))
  await page.close()
}

async function pictureDemo(browser: Browser): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'daystar-pictures-'))
  const started = await startOn(folder, [])
  for (const lang of ['zh', 'en'])
    await picture(browser, `${started.url}/?tenant=demo&lang=${lang}`, `overview-${lang}.png`, { lang })
  await started.stop()
  rmSync(folder, { recursive: true, force: true })
}

interface Shot {
  width?: number
  height?: number
  lang?: string
  /** The command line's own key to a server on this machine. */
  token?: string
  /** The heading to begin at. */
  heading?: string
}

async function picture(browser: Browser, url: string, name: string, shot: Shot): Promise<void> {
  const { width = 1440, height = 1000, lang = 'zh', token, heading } = shot
  const context = await browser.newContext({
    viewport: { width, height },
    locale: lang === 'zh' ? 'zh-CN' : 'en',
    colorScheme: 'light',
    reducedMotion: 'reduce',
    extraHTTPHeaders: token ? { authorization: `Bearer ${token}` } : {},
  })
  const page = await context.newPage()
  await page.goto(url)
  await page.locator('main').first().waitFor()
  // Charts draw and figures arrive after the page is there.
  await page.waitForTimeout(url.startsWith('file:') ? 200 : 4_000)
  if (heading)
    await page
      .locator('h2', { hasText: heading })
      .first()
      .evaluate((element) => element.scrollIntoView())
  const file = path.join(values.out, name)
  await page.screenshot({ path: file })
  await context.close()
  const { size } = statSync(file)
  console.log(
    `${file}: ${Math.round(size / 1000)} kB${size > MOST_BYTES ? ', larger than a picture in the docs may be' : ''}`,
  )
}

async function startOn(data: string, args: string[]) {
  const env = { ...process.env, DAYSTAR_DATA: data, PORT: port }
  const child = spawn(path.join(root, 'daystar'), ['start', ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += chunk
      if (said.includes('is ready')) resolve()
    })
    child.once('exit', () => reject(new Error('Daystar ended at once')))
  })
  const { token } = JSON.parse(readFileSync(path.join(data, 'server.json'), 'utf8')) as { token: string }
  return {
    url: `http://localhost:${port}`,
    token,
    async stop() {
      child.kill('SIGINT')
      if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve))
    },
  }
}
