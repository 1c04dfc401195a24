import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { callTranscript } from './source.ts'

const deepgram = sample('call_transcripts/deepgram_listen.json')
const fireflies = sample('call_transcripts/fireflies_sentences.json')
const who = (voices: readonly Record<string, unknown>[]) => voices.map(({ speaker, text }) => [speaker, text])

describe('a call', () => {
  test('Deepgram: numbered voices are nobody until a person says which is the customer', async () => {
    const word = (speaker: number, punctuated_word: string, start: number) => ({
      word: 'x',
      punctuated_word,
      speaker,
      start,
    })
    const file = JSON.stringify({
      metadata: { request_id: 'r', created: '2026-03-02T08:00:00Z' },
      results: {
        channels: [
          {
            alternatives: [
              {
                transcript: 'Hello. Too loud.',
                words: [word(0, 'Hello.', 0.5), word(1, 'Too', 2), word(1, 'loud.', 2.3)],
              },
            ],
          },
        ],
        summary: { short: 'A complaint.' },
      },
    })
    expect((await readFile(callTranscript, file)).dead).toEqual([
      expect.stringContaining('"0"'),
      expect.stringContaining('"1"'),
    ])
    const { voices } = await readFile(callTranscript, file, { set: { customer: '1', unknown: 'agent' } })
    expect(who(voices)).toEqual([
      ['agent', 'Hello.'],
      ['customer', 'Too loud.'],
    ])
    expect(voices[1]).toMatchObject({
      id: 'r.1',
      conversation: 'r',
      turn: 1,
      kind: 'call',
      facts: { start_seconds: 2 },
    })
  })

  test('Deepgram: each of several channels is a voice', async () => {
    const channel = (transcript: string, start: number) => ({
      alternatives: [{ transcript, words: [{ word: 'x', start }] }],
    })
    const file = JSON.stringify({
      metadata: { created: '2026-03-02T08:00:00Z' },
      results: { channels: [channel('second', 5), channel('first', 1)] },
    })
    const { voices } = await readFile(callTranscript, file, { set: { customer: '0', agent: '1' } })
    expect(who(voices)).toEqual([
      ['agent', 'first'],
      ['customer', 'second'],
    ])
  })

  test('Twilio: channels by their participants’ roles, else by number', async () => {
    const sentences = [
      { sid: 'GX1', media_channel: 1, sentence_index: 0, start_time: '0.5', transcript: 'Hello' },
      { sid: 'GX2', media_channel: 2, sentence_index: 1, start_time: '1.5', transcript: 'It broke' },
    ]
    const channel = {
      participants: [
        { channel_participant: 1, role: 'Agent' },
        { channel_participant: 2, role: 'Customer' },
      ],
    }
    const file = JSON.stringify({ sid: 'GT1', date_created: '2026-03-02T08:00:00Z', channel, sentences })
    expect(who((await readFile(callTranscript, file)).voices)).toEqual([
      ['agent', 'Hello'],
      ['customer', 'It broke'],
    ])
    const bare = JSON.stringify({ date_created: '2026-03-02T08:00:00Z', sentences })
    expect((await readFile(callTranscript, bare)).voices).toEqual([])
    expect(who((await readFile(callTranscript, bare, { set: { customer: '2', agent: '1' } })).voices)[1]).toEqual([
      'customer',
      'It broke',
    ])
  })

  test('Twilio: a recording’s transcription has its time as mail writes it', async () => {
    const file =
      '{"sid":"TR1","recording_sid":"RE1","transcription_text":"Call me back","date_created":"Mon, 02 Mar 2026 08:00:00 +0000"}'
    const { voices } = await readFile(callTranscript, file, { set: { unknown: 'customer' } })
    expect(voices[0]).toMatchObject({ id: 'TR1', text: 'Call me back', at: Date.parse('2026-03-02T08:00:00Z') })
  })

  test('subtitles and lines with names', async () => {
    const set = { at: '2026-03-02' }
    const vtt =
      'WEBVTT\n\nNOTE x\n\n1\n00:00:01.500 --> 00:00:03.000\n<v Customer>Too loud\nat night</v>\n\n00:04.000 --> 00:05.000\nAgent: Sorry\n'
    const srt =
      '1\r\n00:00:01,500 --> 00:00:03,000\r\n客户：太吵\r\n\r\n2\r\n00:00:04,000 --> 00:00:05,000\r\n客服：抱歉\r\n'
    const { voices } = await readFile(callTranscript, vtt, { set })
    expect(who(voices)).toEqual([
      ['customer', 'Too loud\nat night'],
      ['agent', 'Sorry'],
    ])
    expect(voices[0]).toMatchObject({ facts: { start_seconds: 1.5 }, turn: 0 })
    expect(who((await readFile(callTranscript, srt, { set })).voices)).toEqual([
      ['customer', '太吵'],
      ['agent', '抱歉'],
    ])
    expect(who((await readFile(callTranscript, '[00:01] 客服：您好\n[00:03] 客户：太吵\n', { set })).voices)).toEqual([
      ['agent', '您好'],
      ['customer', '太吵'],
    ])
  })

  test('a table of speaker, start and text', async () => {
    const { voices } = await readFile(callTranscript, 'speaker,start,text\n客户,1.5,太吵\n', {
      set: { at: '2026-03-02' },
    })
    expect(voices[0]).toMatchObject({ speaker: 'customer', kind: 'call', facts: { start_seconds: 1.5 } })
  })

  test('another system’s file gives no voices', async () => {
    const { voices, dead } = await readFile(callTranscript, '{"review_id":"r","text":"x","stars":1}')
    expect([voices.length, dead.length]).toEqual([0, 1])
    expect((await readFile(callTranscript, 'a,b\n1,2\n')).problem).toMatchObject({ code: 'columns_unknown' })
  })

  test.skipIf(!deepgram)('a real Deepgram answer with one voice: nobody’s, until a person says whose', async () => {
    const { voices, dead } = await readFile(callTranscript, deepgram!)
    expect([voices, dead]).toEqual([[], [expect.stringContaining('speaker is missing')]])
    const told = await readFile(callTranscript, deepgram!, { set: { unknown: 'customer' } })
    expect(told.voices).toEqual([
      expect.objectContaining({
        id: '3aa706dc-6029-41dd-8443-91928c2e178c.0',
        text: "Yep. I said it before, and I'll say it again. Life moves pretty fast. You don't stop and look around once in a while, you could miss it.",
        at: Date.parse('2025-06-22T16:41:03.304Z'),
      }),
    ])
  })

  test.skipIf(!fireflies)(
    'a real Fireflies transcript: eight sentences of numbered voices without a time',
    async () => {
      expect((await readFile(callTranscript, fireflies!)).dead.length).toBe(8)
      const { voices } = await readFile(callTranscript, fireflies!, {
        set: { customer: 'Speaker 2', unknown: 'agent', at: '2026-03-02' },
      })
      expect(voices.map(({ speaker }) => speaker)).toEqual([
        'agent',
        'customer',
        'customer',
        'agent',
        'agent',
        'agent',
        'agent',
        'agent',
      ])
    },
  )
})
