import { describe, expect, test } from 'vitest'
import { reportMarkdown } from './markdown.ts'
import { sampleReport } from './sample.fixture.ts'

describe('the report as Markdown', () => {
  test('customers’ words make no headings, links, tables or tags', () => {
    const markdown = reportMarkdown(sampleReport('# 贵 [点我](http://x) | <b>吵</b>\n## 二', 0, 3), 'zh')
    expect(markdown).not.toMatch(/\[点我\]\(|<b>|\n## 二/)
    expect(markdown).toContain('\\[点我\\]\\(http://x\\) \\| \\<b\\>')
  })

  test('the evidence is bold within its quote', () => {
    expect(reportMarkdown(sampleReport('半夜很吵，睡不着', 2, 4), 'zh')).toContain('> 半夜**很吵**，睡不着')
  })
})
