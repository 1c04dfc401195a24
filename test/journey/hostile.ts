import { expect, test } from 'vitest'
import type { Place } from './measuring.ts'

/** Stored scripts as reviews carry them: each would set `window.xss` if it ran. */
const hostile = [
  '<script>window.xss=1</script>半夜嗡嗡响',
  '<img src=x onerror="window.xss=1">安装费太贵',
  '<svg/onload=window.xss=1>',
  '"><iframe srcdoc="<script>parent.xss=1</script>"></iframe>',
  '<a href="javascript:window.xss=1">点我</a>',
  '{{constructor.constructor("window.xss=1")()}}',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=window.xss=1>',
  '<details open ontoggle=window.xss=1>',
  '#{window.xss=1}',
  "';window.xss=1;//",
  '<body onpageshow=window.xss=1>',
  '\u2028<scr\u0000ipt>window.xss=1</scr\u0000ipt>',
  '<input autofocus onfocus=window.xss=1>',
  '<template><script>window.xss=1</script></template>',
]

/** What comes in as a script stays the text it is. Called where a server is up and its owner signed in. */
export function withstanding(at: () => Place): void {
  test('are shown as the text they are, and none of them runs', async () => {
    const { page, context, url } = at()
    const records = hostile.map((text, at) => ({
      id: `xss-${at}`,
      text,
      rating: 1,
      at: Date.now() - at,
      category: text.slice(0, 70),
      city: text.slice(0, 70),
    }))
    const sent = await context.request.post(`${url}/api/v1/voices?tenant=main`, {
      data: records,
      headers: { origin: url },
    })
    expect((await sent.json()).dead).toEqual([])
    const products = hostile.map((text, at) => ({
      id: `p${at}`,
      title: text,
      merchantId: `m${at}`,
      merchantName: text.slice(0, 100),
    }))
    await context.request.post(`${url}/api/v1/products?tenant=main`, {
      data: products,
      headers: { origin: url },
    })
    for (const target of ['/voices', '/', '/settings', '/journey', '/findings', '/indicators/positive_share']) {
      await page.goto(`${url}${target}?tenant=main`)
      await page.locator('main').waitFor()
      await page.waitForTimeout(500)
      expect(await page.evaluate(() => (window as unknown as { xss?: number }).xss), target).toBeUndefined()
    }
    await page.goto(`${url}/voices?tenant=main`)
    await page.getByText('<img src=x onerror=', { exact: false }).first().waitFor()
  })

  test('the policy behind it stops a script even where one got into the page', async () => {
    const { page, url } = at()
    const answer = await page.goto(`${url}/voices?tenant=main`)
    const policy = (await answer!.allHeaders())['content-security-policy'] ?? ''
    expect(policy).toMatch(/script-src 'self'(;|$)/)
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
    const ran = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.xss = 1'
      document.body.append(script)
      document.body.insertAdjacentHTML('beforeend', '<img src="x:" onerror="window.xss = 1">')
      return new Promise((resolve) => setTimeout(() => resolve((window as unknown as { xss?: number }).xss), 300))
    })
    expect(ran).toBeUndefined()
  })

  test('the check can fail: without the policy the same script runs', async () => {
    const { context } = at()
    const bare = await context.browser()!.newContext()
    const unguarded = await bare.newPage()
    await unguarded.setContent('<p>no policy here</p>')
    await unguarded.evaluate(() =>
      document.body.insertAdjacentHTML('beforeend', '<img src="x:" onerror="window.xss = 1">'),
    )
    await unguarded.waitForFunction(() => (window as unknown as { xss?: number }).xss === 1)
    await bare.close()
  })
}
