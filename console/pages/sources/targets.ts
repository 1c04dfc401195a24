import type { TFunction } from 'i18next'
import { zh } from '../../words/zh.ts'

const tables = zh.bring.target
type Kind = keyof typeof tables

/** `voice.text`, `order.lines[].amountMinor`, or a voice's field alone, in people's words; facts and properties keep their own name behind. */
export function targetWords(to: string, t: TFunction): string {
  const parts = to.replaceAll('[]', '').split('.')
  const kind: Kind = parts[0]! in tables && parts.length > 1 ? (parts.shift() as Kind) : 'voice'
  if (parts[0] === 'lines') parts.shift()
  const [first = '', ...rest] = parts
  const joined = rest.length > 0 ? first + rest[0]![0]!.toUpperCase() + rest[0]!.slice(1) : first
  const known: Readonly<Record<string, string>> = tables[kind]
  const word = (key: string) => t(`bring.target.${kind}.${key}` as 'bring.target.voice.text')
  if (joined in known) return word(joined)
  if (first in known) return rest.length > 0 ? `${word(first)} · ${rest.join('.')}` : word(first)
  return to
}
