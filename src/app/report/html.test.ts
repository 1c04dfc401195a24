import { describe, expect, test } from 'vitest'
import { reportHtml } from './html.ts'
import { sampleReport } from './sample.fixture.ts'

const hostile = `<script>alert(1)</script>"'&<img src=x onerror=alert(1)>`

describe('the report as HTML', () => {
  test('customers’ words, names and notes are text, whatever they hold', () => {
    for (const lang of ['zh', 'en'] as const) {
      const html = reportHtml(sampleReport(hostile, 3, 12), lang)
      expect(html).not.toMatch(/<script|<img|onerror=alert\(1\)>/)
      expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;')
      expect(html).toContain('<mark>ript&gt;aler</mark>')
    }
  })

  test('needs nothing from elsewhere', () => {
    expect(reportHtml(sampleReport('太吵'), 'zh')).not.toMatch(/\b(src|href)=|@import|url\(/)
  })

  test('findings come before mere complaints, and categories of which nothing is known are named once', () => {
    const html = reportHtml(sampleReport('安装费太贵', 0, 3), 'zh')
    const places = ['安装费太贵<small>', '化妆品<small>', '以下 1 个品类没有可以确定的结论：银河。'].map((part) =>
      html.indexOf(part),
    )
    expect(places).not.toContain(-1)
    expect([...places].sort((a, b) => a - b)).toEqual(places)
    expect(html).toContain('没有评分或其它结果可供比较；以下按抱怨的声音数排列。')
    expect(html).toContain('7 条声音抱怨')
  })

  test('what is shown apart says how many there are, with the level in its own unit', () => {
    expect(reportHtml(sampleReport('吵'), 'en')).toContain('Rating 1.47 (95% interval 1.28–1.66, n 117)')
  })
})
