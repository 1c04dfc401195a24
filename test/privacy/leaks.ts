import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Planted } from './people.ts'

const NUMERALS: Record<string, string> = {
  ...Object.fromEntries([...'零一二三四五六七八九'].map((sign, digit) => [sign, String(digit)])),
  ...Object.fromEntries([...'〇壹贰叁肆伍陆柒捌玖'].map((sign, digit) => [sign, String(digit)])),
  幺: '1',
}
/** Digits as a person who wants them would read them: every width and writing, nothing in between. */
const digitsIn = (text: string): string =>
  [...text.normalize('NFKC')]
    .map((sign) => NUMERALS[sign] ?? sign)
    .join('')
    .replace(/[^0-9A-Za-z*]/g, '')

/** What of the secret can still be read in `masked`, or null. Not the masker's own idea of it: this looks at what is left. */
export function leak({ kind, secret }: Pick<Planted, 'kind' | 'secret'>, masked: string): string | null {
  if (masked.includes(secret)) return secret
  switch (kind) {
    case 'phone':
    case 'id':
    case 'card':
    case 'passport':
      return runLeft(digitsIn(secret), digitsIn(masked), 6)
    case 'account':
      return runLeft(digitsIn(secret), digitsIn(masked), Math.min(6, secret.length - 2))
    case 'address':
      return numberLeft(secret, masked)
    case 'name': {
      const given = secret.split(/[ ·]/).at(-1)!
      return given.length > 1 && /^[A-Za-z]/.test(given) && masked.includes(given) ? given : null
    }
    default:
      return null
  }
}

function runLeft(secret: string, masked: string, length: number): string | null {
  for (let at = 0; at + length <= secret.length; at++) {
    const run = secret.slice(at, at + length)
    if (masked.includes(run)) return run
  }
  return null
}

/** A house number that is left: a number of the secret together with what stands behind it there. */
function numberLeft(secret: string, masked: string): string | null {
  for (const match of secret.matchAll(/[0-9０-９]+|[一二三四五六七八九十百零〇]+(?=[号栋单室座幢弄])/g)) {
    const behind = secret[match.index + match[0].length] ?? ''
    if (behind === '' && match[0].length < 2) continue
    if (masked.includes(match[0] + behind)) return match[0] + behind
  }
  return null
}

/** The sentences of a file beside this one, with `{{kind:…}}` around what is personal. */
export function writtenSentences(file: string): { text: string; secrets: Pick<Planted, 'kind' | 'secret'>[] }[] {
  const lines = readFileSync(path.join(import.meta.dirname, file), 'utf8').split('\n')
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const secrets: Pick<Planted, 'kind' | 'secret'>[] = []
      const text = line.replace(/\{\{(\w+):([^}]*)\}\}/g, (_, kind: Planted['kind'], secret: string) => {
        secrets.push({ kind, secret })
        return secret
      })
      return { text, secrets }
    })
}
