import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Reading } from '../../src/core/reading.ts'
import type { Speaker } from '../../src/core/speaker.ts'
import { dialogueReader, type Turn } from '../../src/understand/dialogue.ts'
import { loadReader } from '../../src/understand/reader.ts'
import { loadDialogueHead } from '../../src/understand/satisfaction.ts'

/** One expectation of a text and whether the reader meets it. */
export interface Check {
  /** The heading in `fresh.txt` under which the text stands. */
  round: string
  text: string
  mark: string
  right: boolean
}

/** What the reader makes of a line: one reading of a review, one for each of the customer's turns of a conversation. */
interface Told {
  readings: readonly Reading[]
  resolved?: 'yes' | 'no' | 'unclear'
  problems: readonly string[]
  /** 0–1, of a conversation. */
  satisfaction?: number
}

/** Reads all lines of `fresh.txt` and checks what each must tell; the marks are explained at the top of that file. */
export function freshChecks(): Check[] {
  const reader = loadReader()
  const head = loadDialogueHead()
  const dialogues = dialogueReader(reader, head.ok ? head.value : null)
  const tell = (text: string, category: string): Told => {
    const turns = turnsOf(text)
    if (turns.length === 0) return { readings: [reader.read({ text, category })], problems: [] }
    const whole = dialogues.readDialogue(turns, category)
    return {
      readings: whole.turns.filter((reading) => reading !== null),
      resolved: whole.resolved,
      problems: whole.problems.map(({ mention }) => mention.aspect),
      satisfaction: whole.satisfaction?.value,
    }
  }
  let round = ''
  return readFileSync(path.join(import.meta.dirname, 'fresh.txt'), 'utf8')
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('## ')) round = line.slice(3)
      if (line === '' || line.startsWith('#')) return []
      const [text, category, wanted] = line.split('\t') as [string, string, string]
      const told = tell(text, category)
      return wanted.split(';').map((mark) => ({ round, text, mark, right: tells(told, mark) }))
    })
}

const speakers: Record<string, Speaker> = {
  客户: 'customer',
  客服: 'agent',
  机器人: 'bot',
  Customer: 'customer',
  Agent: 'agent',
}

function turnsOf(text: string): Turn[] {
  if (!text.includes('‖')) return []
  return text.split('‖').map((turn) => {
    const [, name = '', words = ''] = /^(.+?)[：:] ?(.*)$/s.exec(turn) ?? []
    const speaker = speakers[name]
    if (!speaker) throw new Error(`no such speaker: ${turn}`)
    return { speaker, text: words }
  })
}

function tells(told: Told, wanted: string): boolean {
  if (wanted.startsWith('!')) return !tells(told, wanted.slice(1))
  return wanted.split('|').some((mark) => tellsOne(told, mark))
}

/** Whether one of the readings tells it; a side is that of the last. */
function tellsOne({ readings, resolved, problems, satisfaction }: Told, wanted: string): boolean {
  const [mark = '', value = ''] = wanted.split(/:(.*)/s)
  const score = readings.at(-1)?.score ?? 0
  const some = (test: (reading: Reading) => boolean) => readings.some(test)
  switch (mark) {
    case 's+':
      return score > 0
    case 's-':
      return score < 0
    case 's0':
      return Math.abs(score) < 0.7
    case 'sar':
      return some(({ sarcasm }) => sarcasm !== null)
    case 'inc':
      return some(({ incentive }) => incentive !== null)
    case 'i':
      return some(({ intents }) => intents.some((intent) => intent === value))
    case 'u':
      return some(({ urgency }) => urgency === value)
    case 'e':
      return some(({ emotion }) => emotion === value)
    case 'm': {
      const polarity = value.endsWith('-') ? 'negative' : 'positive'
      return some(({ mentions }) =>
        mentions.some((mention) => mention.aspect === value.slice(0, -1) && mention.polarity === polarity),
      )
    }
    case 'c':
      return some(({ mentions }) => mentions.some((mention) => mention.condition?.text === value))
    case 'b':
      return some(({ mentions }) => mentions.some((mention) => mention.cause?.text === value))
    case 'r':
      return some(({ brands }) => brands.some((brand) => brand.id === value && brand.role === 'rival'))
    case 'br':
      return some(({ brands }) => brands.some((brand) => brand.id === value))
    case 'sp':
      return some(({ spam }) => spam.some((kind) => kind === value))
    case 'sc':
      return some(({ scenes }) => scenes.includes(value))
    case 'p':
      return problems.includes(value)
    case 'res':
      return resolved === value
    case 'sat+':
      return satisfaction !== undefined && satisfaction > 0.5
    case 'sat-':
      return satisfaction !== undefined && satisfaction < 0.5
    default:
      throw new Error(`no such mark: ${wanted}`)
  }
}
