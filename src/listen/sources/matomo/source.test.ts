import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { matomo } from './source.ts'

const real = Object.fromEntries(
  ['common_complete', 'common_encoding_big5', 'iis', 'nginx_json'].map((name) => [
    name,
    sample(`matomo_logs/${name}.log`),
  ]),
)
const line = (target: string, rest = '200 10 "-" "Mozilla/5.0"') =>
  `192.0.2.1 - bob [10/Feb/2026:16:42:07 -0500] "GET ${target} HTTP/1.1" ${rest}\n`

describe('server logs', () => {
  test('a page is a view; files, robots and failures are not', async () => {
    const { events, skipped } = await readFile(
      matomo,
      line('/a%20b?token=x') +
        line('/x.png') +
        line('/a', '404 1 "-" "Mozilla/5.0"') +
        line('/a', '200 1 "-" "Googlebot/2.1"'),
    )
    expect(events).toMatchObject([
      { name: 'page_viewed', at: Date.parse('2026-02-10T21:42:07Z'), props: { path: '/a b' } },
    ])
    expect(skipped.length).toBe(3)
    expect(JSON.stringify(events)).not.toMatch(/192\.0|bob|token/)
  })

  test('a tracking call is what its parameters say', async () => {
    const calls = [
      'search=silent+fan',
      'ec_id=O1&idgoal=0&revenue=12.5',
      'idgoal=3',
      '_pks=p-1&uid=u',
      'e_c=video&e_a=Play',
      'link=https%3A%2F%2Fo.example%2F%3Fx',
    ]
    const { events, voices } = await readFile(
      matomo,
      calls.map((query) => line(`/matomo.php?rec=1&_id=v&${query}`)).join(''),
    )
    expect(events.map(({ name }) => name)).toEqual([
      'searched',
      'order_completed',
      'goal_reached',
      'product_viewed',
      'play',
      'clicked',
    ])
    expect(events[1]).toMatchObject({ orderId: 'O1', session: 'v', props: { revenue: 12.5 } })
    expect(events[1]!.props).not.toHaveProperty('total_minor')
    expect(voices).toMatchObject([{ kind: 'search_term', text: 'silent fan' }])
  })

  test('a line of another form is refused, the rest goes on; another file is refused as a whole', async () => {
    const { events, dead } = await readFile(matomo, `${line('/a')}garbage\n${line('/b')}`)
    expect([events.length, dead]).toEqual([2, ['2:  is no line of a log in the format of this file']])
    expect((await readFile(matomo, 'id,text\n1,a\n')).problem).toMatchObject({ code: 'format_unknown' })
  })

  test.skipIf(!real.iis)('real logs of four formats', async () => {
    const nginx = await readFile(matomo, real.nginx_json!)
    expect(nginx.events).toMatchObject([
      {
        name: 'page_viewed',
        at: Date.parse('2013-10-10T14:52:00Z'),
        session: '1da79fc743e8bcc4',
        props: {
          title: 'Clearcode - Web and Mobile Development | Technology With Passion',
          url: 'http://clearcode.cc/',
        },
      },
      {
        name: 'page_viewed',
        props: { url: 'http://clearcode.cc/case/adviserbrief-track-your-investments-and-plan-financial-future/' },
      },
    ])
    const iis = await readFile(matomo, real.iis!)
    expect([iis.dead, iis.events]).toMatchObject([
      [],
      [
        {
          name: 'page_viewed',
          at: Date.parse('2012-04-01T00:00:13Z'),
          props: { path: '/foo/bar', host: 'example.com' },
        },
      ],
    ])
    for (const name of ['common_complete', 'common_encoding_big5']) {
      const { events, dead, skipped, problem } = await readFile(matomo, real[name]!)
      expect([events, dead, skipped, problem]).toEqual([
        [],
        [],
        ['1: an answer of status 301: no page was shown'],
        undefined,
      ])
    }
  })
})
