import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { mask } from '../../mask.ts'
import { readFile, sample } from '../../source/read-file.ts'
import { kuaidi100 } from './source.ts'

const real = sample('kuaidi100/query_track_map.json')
const answer = {
  nu: 'W1',
  com: 'ceshi',
  state: '3',
  data: [
    { ftime: '2026-03-04 17:31:57', context: '已签收', status: '签收' },
    { ftime: '2026-03-04 10:00:00', context: '派件中', status: '派件' },
  ],
}

describe('快递100', () => {
  test('stations become events in Beijing time, whatever the import’s zone', async () => {
    const { events } = await readFile(kuaidi100, JSON.stringify(answer), { zone: 'UTC' })
    expect(events.map(({ name, at }) => [name, at])).toEqual([
      ['shipment_delivered', Date.parse('2026-03-04T17:31:57+08:00')],
      ['shipment_out_for_delivery', Date.parse('2026-03-04T10:00:00+08:00')],
    ])
  })

  test('a push with one station more repeats the others under the same ids', async () => {
    const before = await readFile(kuaidi100, JSON.stringify({ ...answer, data: answer.data.slice(1) }))
    const after = await readFile(kuaidi100, JSON.stringify({ lastResult: answer }))
    expect(after.events.map(({ id }) => id)).toContain(before.events[0]!.id)
  })

  test('a push is a signed form', async () => {
    const param = JSON.stringify({ status: 'polling', lastResult: answer })
    const sign = createHash('md5').update(`${param}salt`).digest('hex').toUpperCase()
    const delivery = (given?: string) => ({
      header: () => undefined,
      receivedAt: 0,
      body: Buffer.from(new URLSearchParams({ ...(given && { sign: given }), param }).toString()),
    })
    const code = (given?: string) => {
      const result = kuaidi100.webhook!.verify(delivery(given), 'salt')
      return result.ok ? 'ok' : result.problem.code
    }
    expect([code(sign), code(sign.replace(/^./, 'x')), code()]).toEqual([
      'ok',
      'signature_invalid',
      'signature_missing',
    ])
    for (const [payload, sent] of [
      [{ sign, param }, undefined],
      [null, delivery(sign)],
    ] as const)
      expect(await kuaidi100.webhook!.read(payload, { zone: 'UTC', delivery: sent })).toMatchObject({
        ok: true,
        value: [{ event: { name: 'shipment_delivered' } }, { event: { name: 'shipment_out_for_delivery' } }],
      })
  })

  test.skipIf(!real)('a real answer gives nine stations, delivered last', async () => {
    const { events, dead, skipped, notes } = await readFile(kuaidi100, real!)
    expect([events.length, dead, skipped, notes.filter((note) => /not used/.test(note))]).toEqual([9, [], [], []])
    expect(events.map(({ name }) => name)).toEqual([
      'shipment_delivered',
      'shipment_in_transit',
      'shipment_in_transit',
      'shipment_out_for_delivery',
      ...Array(4).fill('shipment_in_transit'),
      'shipment_collected',
    ])
    expect(events[0]).toMatchObject({
      at: Date.parse('2021-06-14T17:31:57+08:00'),
      props: { waybill: 'YT5555508000000', carrier: 'yuantong', status_raw: '签收' },
    })
    expect(mask((events[0]!.props as { description: string }).description)).not.toMatch(/13800138021|13800138890/)
  })
})
