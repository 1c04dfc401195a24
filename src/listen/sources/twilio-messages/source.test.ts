import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readFile } from '../../source/read-file.ts'
import { twilioMessages } from './source.ts'

const fixture = readFileSync(path.join(import.meta.dirname, 'fixture.json'), 'utf8')

describe('Twilio messages', () => {
  test('what comes in is the customer’s, what goes out the shop’s, and both are of one conversation', async () => {
    const { voices, dead } = await readFile(twilioMessages, fixture)
    expect(dead).toEqual([])
    expect(voices.map(({ speaker, text, at, channel }) => [speaker, text, at, channel])).toEqual([
      ['customer', '到底什么时候发货', Date.parse('2026-03-02T05:01:45Z'), 'sms'],
      ['agent', '今天发出', Date.parse('2026-03-02T05:11:45Z'), 'whatsapp'],
    ])
    expect(voices[0]!.conversation).toBe(voices[1]!.conversation)
    expect(voices[0]!.facts).toEqual({ attachments: 1 })
  })

  test('what was never sent is no voice; an unknown direction is nobody’s', async () => {
    const [inbound] = JSON.parse(fixture).messages
    const { voices, dead, skipped } = await readFile(
      twilioMessages,
      JSON.stringify([
        { ...inbound, direction: 'outbound-api', status: 'undelivered' },
        { ...inbound, direction: 'sideways' },
        { ...inbound, body: '' },
      ]),
    )
    expect([voices.length, skipped.length, dead]).toEqual([0, 2, [expect.stringContaining('direction is "sideways"')]])
  })
})
