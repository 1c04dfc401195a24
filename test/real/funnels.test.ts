import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/app/config.ts'
import { type App, openApp } from '../../src/app.ts'
import { MAIN } from '../../src/core/tenant.ts'
import { temporaryFolder } from '../stores.ts'
import { dataFolder } from './review-files.ts'

const file = path.join(dataFolder, 'online_shoppers/sessions.csv')

interface Visit {
  about: number
  product: number
  bought: boolean
  visitor: string
  month: string
  weekend: boolean
}

/** Sessions of a real shop as the file has them. What is built from purchases (`PageValues`) is not read. */
function readVisits(): Visit[] {
  const [head, ...lines] = readFileSync(file, 'utf8').trim().split('\n')
  const names = head!.trim().split(',')
  return lines.map((line) => {
    const cells = line.trim().split(',')
    const of = (name: string) => cells[names.indexOf(name)]!
    return {
      about: Number(of('Administrative')) + Number(of('Informational')),
      product: Number(of('ProductRelated')),
      bought: of('Revenue') === '1',
      visitor: of('VisitorType'),
      month: of('Month'),
      weekend: of('Weekend') === '1',
    }
  })
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'June', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A session as events: one for each kind of page that it saw. The file has no times: only its month is real. */
function eventsOf(visit: Visit, i: number): object[] {
  const start = Date.UTC(2018, months.indexOf(visit.month), 1) + (i % 40_000) * 60_000
  const props = { visitor: visit.visitor, month: visit.month, weekend: visit.weekend }
  const event = (name: string, after: number) => ({
    type: 'event',
    id: `s${i}-${name}`,
    name,
    session: `s${i}`,
    at: start + after * 1_000,
    props,
  })
  return [
    event('session_started', 0),
    ...(visit.about > 0 ? [event('information_viewed', 10)] : []),
    ...(visit.product > 0 ? [event('product_viewed', 20)] : []),
    ...(visit.bought ? [event('order_placed', 50)] : []),
  ]
}

const step = (name: string) => ({ events: [name] })
const year = { from: '2018-01-01', to: '2018-12-31', category: [], merchant: [], product: [], city: [] }

let visits: Visit[]
let app: App
let close: () => Promise<void>

describe.skipIf(!existsSync(file))(
  'a funnel of 12,330 real shopping sessions (skipped where ../shared/data is absent)',
  () => {
    beforeAll(async () => {
      visits = readVisits()
      const folder = temporaryFolder('funnels')
      const config = { ...readConfig({ DAYSTAR_WEIGHTS: 'none' }), dataDir: `${folder.path}/data` }
      const opened = await openApp(config, () => {})
      if (!opened.ok) throw new Error(opened.problem.message)
      app = opened.value
      close = async () => {
        await app.close()
        folder.remove()
      }
      const text = visits.flatMap(eventsOf).map((one) => JSON.stringify(one))
      const stream = Readable.from([Buffer.from(text.join('\n'))])
      const about = {
        source: 'jsonl',
        tenant: MAIN,
        zone: 'UTC',
        fileName: 'sessions.jsonl',
        onProgress: () => {},
        options: {},
      }
      const imported = await app.ingest.importFile({ ...about, stream })
      if (!imported.ok) throw new Error(imported.problem.message)
      await app.ingest.idle()
    }, 120_000)
    afterAll(() => close?.())

    const measure = async (funnel: object) => {
      const result = await app.funnels.result(MAIN, { ...year, funnel: JSON.stringify(funnel) }, Date.UTC(2019, 1, 1))
      if (!result.ok) throw new Error(result.problem.message)
      return result.value
    }
    const share = (of: readonly Visit[]) => of.filter(({ bought }) => bought).length / of.length

    test('1,908 of them buy, 15.5 %, as the file says', async () => {
      const { steps } = await measure({ steps: [step('session_started'), step('order_placed')], windowMinutes: 60 })
      expect(steps.map(({ reached }) => reached)).toEqual([12_330, 1_908])
      expect(steps[1]!.ofFirst.value).toBeCloseTo(0.155, 3)
      expect(steps[1]!.ofFirst.n).toBe(12_330)
    })

    test('by information and product pages to the purchase: every step as counted in the file', async () => {
      const { steps } = await measure({
        steps: ['session_started', 'information_viewed', 'product_viewed', 'order_placed'].map(step),
        windowMinutes: 60,
        order: 'any_order',
      })
      const informed = visits.filter(({ about }) => about > 0)
      const saw = informed.filter(({ product }) => product > 0)
      const bought = saw.filter((one) => one.bought)
      expect(steps.map(({ reached }) => reached)).toEqual([visits.length, informed.length, saw.length, bought.length])
    })

    test.each(['visitor', 'month', 'weekend'] as const)('divided by %s, every group is the file’s', async (by) => {
      const { groups } = await measure({
        steps: [step('session_started'), step('order_placed')],
        windowMinutes: 60,
        by: `prop:${by}`,
      })
      const values = [...new Set(visits.map((one) => String(one[by])))]
      const large = values.filter((value) => visits.filter((one) => String(one[by]) === value).length >= 30)
      expect(groups.map(({ key }) => key).sort()).toEqual(large.sort())
      for (const group of groups) {
        const own = visits.filter((one) => String(one[by]) === group.key)
        expect(group.n).toBe(own.length)
        expect(group.steps[1]!.value).toBeCloseTo(share(own), 12)
      }
    })

    test('new visitors buy more often than the others, beyond chance', async () => {
      const { groups } = await measure({
        steps: [step('session_started'), step('order_placed')],
        windowMinutes: 60,
        by: 'prop:visitor',
      })
      const fresh = groups.find(({ key }) => key === 'New_Visitor')!
      expect(fresh.change).toMatchObject({ moreThanChance: true })
      expect(fresh.change!.low).toBeGreaterThan(0)
    })
  },
)
