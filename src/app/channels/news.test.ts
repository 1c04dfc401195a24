import { describe, expect, test } from 'vitest'
import { telling } from '../../act/notify/channels.ts'
import { digestMessage } from '../alerts/telling.ts'
import type { IncidentView } from '../alerts/view.ts'
import { digestDays } from './news.ts'

const zone = 'Asia/Shanghai'
const at = (text: string) => Date.parse(`${text}+08:00`)
const due = (digest: 'daily' | 'weekly' | 'none', now: string, createdAt = '2026-02-01T00:00') =>
  digestDays({ telling: telling.parse({ digest, hour: 9 }), createdAt: at(createdAt) }, zone, at(now))

describe('a digest', () => {
  test.each([
    // A Wednesday: the day before from its hour on, until then that of the morning before.
    ['daily', '2026-03-11T09:00', '2026-03-10', '2026-03-10'],
    ['daily', '2026-03-11T23:59', '2026-03-10', '2026-03-10'],
    ['daily', '2026-03-11T08:59', '2026-03-09', '2026-03-09'],
    ['weekly', '2026-03-11T08:59', '2026-03-02', '2026-03-08'],
    ['weekly', '2026-03-09T09:00', '2026-03-02', '2026-03-08'],
    ['weekly', '2026-03-09T08:59', '2026-02-23', '2026-03-01'],
  ] as const)('%s at %s sums up %s to %s', (digest, now, from, to) => {
    expect(due(digest, now)).toEqual({ from, to })
  })

  test('is not due before its first hour since the channel is there, nor where none is wanted', () => {
    expect(due('daily', '2026-03-11T12:00', '2026-03-11T10:00')).toBeNull()
    expect(due('daily', '2026-03-12T09:00', '2026-03-11T10:00')).toEqual({ from: '2026-03-11', to: '2026-03-11' })
    expect(due('daily', '2026-03-11T09:00', '2026-03-11T08:00')).toEqual({ from: '2026-03-10', to: '2026-03-10' })
    expect(due('weekly', '2026-03-12T12:00', '2026-03-10T10:00')).toBeNull()
    expect(due('none', '2026-03-12T12:00')).toBeNull()
  })

  test('has one name for its days, says how many, and leads to each; nobody is called by a name', () => {
    const incident = (id: string) =>
      ({ id, headline: { zh: `<@all> ${id}`, en: id }, since: 0, foundAt: 0, state: 'open' }) as IncidentView
    const told = { lang: 'zh', site: 'https://cx.example', now: 5 } as const
    const tenant = { id: 'main', name: '我的店铺', simulated: false }
    const found = Array.from({ length: 11 }, (_, place) => incident(`i${place}`))
    const days = { from: '2026-03-10', to: '2026-03-10' }
    const message = digestMessage({ found, over: [], open: [] }, { ...told, ...days, tenant })
    expect(message.id).toBe('digest:2026-03-10:2026-03-10')
    expect(message.title).toBe('启明星 · 每日告警汇总 2026-03-10 · 我的店铺')
    expect(message.text).toContain('**新发现 11**')
    expect(message.text).toContain('- 还有 3 件')
    expect(message.text).toContain('](https://cx.example/alerts/i0?tenant=main&lang=zh)')
    expect(message.text).not.toContain('<@')
  })
})
