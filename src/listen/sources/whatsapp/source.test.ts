import { expect, test } from 'vitest'
import { guess } from '../../guess.ts'
import { readFile } from '../../source/read-file.ts'
import { whatsapp } from './source.ts'

const said = { agent: 'Nuit 家居', customer: 'Ada' }
const brief = (voices: readonly Record<string, unknown>[]) =>
  voices.map(({ speaker, text, at }) => [speaker, text, new Date(at as number).toISOString()])

test('Android: a message has its lines, and who is the customer is what a person says', async () => {
  const file = [
    '12/31/23, 9:38\u202fPM - Messages and calls are end-to-end encrypted. Tap to learn more.',
    '12/31/23, 9:41\u202fPM - Ada: It hums: all night',
    'and\u202fwakes us',
    '',
    'every 2 hours - at 3:00',
    '12/31/23, 9:42\u202fPM - Nuit 家居: Sorry!',
    '1/1/24, 12:05\u202fAM - Ada: <Media omitted>',
    '1/1/24, 12:06\u202fAM - Ada: IMG-20240101-WA0001.jpg (file attached)',
    '1/1/24, 12:07\u202fAM - Ada: This message was deleted',
    '1/1/24, 12:08\u202fAM - Ada: Better now <This message was edited>',
    '1/1/24, 12:09\u202fAM - Nuit 家居 changed the subject to “Heater”',
  ].join('\n')
  const { voices, skipped, dead, notes } = await readFile(whatsapp, file, { set: said, zone: 'UTC' })
  expect(brief(voices)).toEqual([
    ['customer', 'It hums: all night\nand\u202fwakes us\n\nevery 2 hours - at 3:00', '2023-12-31T21:41:00.000Z'],
    ['agent', 'Sorry!', '2023-12-31T21:42:00.000Z'],
    ['customer', 'Better now', '2024-01-01T00:08:00.000Z'],
  ])
  expect(skipped.length).toBe(5)
  expect(dead).toEqual([])
  expect(notes).toEqual([expect.stringContaining('the month stands first')])
  expect(voices[0]).toMatchObject({ kind: 'chat', channel: 'whatsapp', turn: 1 })
  expect(new Set(voices.map(({ conversation }) => conversation)).size).toBe(1)
})

test('iPhone: what WhatsApp writes in a person’s name is nobody’s words', async () => {
  const file = [
    '[31/12/2023, 21:38:00] Ada: \u200eMessages and calls are end-to-end encrypted.',
    '[31/12/2023, 21:41:05] Ada: Too loud',
    '\u200e[31/12/2023, 21:41:30] Ada: \u200e<attached: 00000002-PHOTO.jpg>',
    '\u200e[31/12/2023, 21:41:40] Ada: see the scale \u200e<attached: 00000003-PHOTO.jpg>',
    '\u200e[31/12/2023, 21:42:00] Nuit 家居: \u200eimage omitted',
    '[31/12/2023, 21:43:00] ~\u202fBob: me too',
    '[31/12/2023, 21:44:00] Nuit 家居: \u200eYou deleted this message.',
  ].join('\r\n')
  const { voices, dead, skipped } = await readFile(whatsapp, file, { set: said, zone: 'UTC' })
  expect(brief(voices)).toEqual([
    ['customer', 'Too loud', '2023-12-31T21:41:05.000Z'],
    ['customer', 'see the scale', '2023-12-31T21:41:40.000Z'],
  ])
  expect(dead).toEqual([expect.stringContaining('Bob')])
  expect(skipped.length).toBe(4)
})

test.each([
  ['2023/12/31 下午9:41 - Ada: 太吵了', '2023-12-31T21:41:00.000Z'],
  ['2023/12/31 21:41 - Ada: 太吵了', '2023-12-31T21:41:00.000Z'],
  ['2023年12月31日 下午9:41 - Ada: 太吵了', '2023-12-31T21:41:00.000Z'],
  ['[2023/12/31 上午9:41:05] Ada: 太吵了', '2023-12-31T09:41:05.000Z'],
  ['[2023/12/31, 21:41:05] Ada: 太吵了', '2023-12-31T21:41:05.000Z'],
  ['31.12.23, 21:41 - Ada: 太吵了', '2023-12-31T21:41:00.000Z'],
  ['31/12/2023, 21:41 - Ada: 太吵了', '2023-12-31T21:41:00.000Z'],
  ['31/12/23, 9:41 p. m. - Ada: 太吵了', '2023-12-31T21:41:00.000Z'],
  ['[31.12.2023 klo 21.41.05] Ada: 太吵了', '2023-12-31T21:41:05.000Z'],
  ['2023-12-31, 9:41 p.m. - Ada: 太吵了', '2023-12-31T21:41:00.000Z'],
])('%s', async (line, iso) => {
  const { voices } = await readFile(whatsapp, line, { set: said, zone: 'UTC' })
  expect(brief(voices)).toEqual([['customer', '太吵了', iso]])
})

test('of dates that may be read in two ways nothing is kept until a person says it', async () => {
  const file = '1/2/24, 21:41 - Ada: Too loud\n3/2/24, 21:41 - Ada: Still'
  const unsaid = await readFile(whatsapp, file, { set: said })
  expect(unsaid.voices).toEqual([])
  expect(unsaid.notes).toEqual([expect.stringContaining('nothing shows')])
  const told = await readFile(whatsapp, file, { set: said, dates: 'dmy', zone: 'UTC' })
  expect(brief(told.voices)[1]).toEqual(['customer', 'Still', '2024-02-03T21:41:00.000Z'])
})

test('nobody is guessed: without a word of a person every message is refused, with the name', async () => {
  const { voices, dead } = await readFile(whatsapp, '2023/12/31 21:41 - Ada: Too loud\n2023/12/31 21:42 - 客服: 抱歉')
  expect(voices.map(({ speaker }) => speaker)).toEqual(['agent'])
  expect(dead).toEqual([expect.stringContaining('--set customer=Ada')])
  // Whose file it is, is known all the same: only then can a person be asked.
  const unsaid = Buffer.from('2023/12/31 21:41 - Ada: Too loud\n2023/12/31 21:42 - Nuit: Sorry\n')
  const found = await guess({ bytes: unsaid, whole: true }, { zone: 'UTC', map: {}, set: {}, ignore: [] })
  expect(found.ok && found.value[0]!.source.id).toBe('whatsapp')
})

test('the same chat exported again, longer, keeps its conversation and turns', async () => {
  const file = '2023/12/31 21:40 - 已加密。\n2023/12/31 21:41 - Ada: 太吵了'
  const [first] = (await readFile(whatsapp, file, { set: said })).voices
  const [again] = (await readFile(whatsapp, `${file}\n2024/1/1 21:41 - Ada: 还是吵`, { set: said })).voices
  expect(again).toEqual(first)
})

test('another text is no chat', async () => {
  for (const file of ['', 'a,b\n1,2\n', '[00:01] 客服：您好\n', '2023-12-31 - a note\n'])
    expect((await readFile(whatsapp, file)).problem).toMatchObject({ code: 'format' })
})
