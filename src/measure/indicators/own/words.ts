import type { Words } from '../../../core/words.ts'
import { measured, type OwnCondition, type OwnDefinition, type OwnWord } from './definition.ts'
import { numberFields, tableNames, wordFields } from './fields.ts'
import { restrictions } from './known.ts'

/** What a value is called; a text without a name of its own stands as it is. */
export type NameOf = (field: OwnWord, value: string) => Words

export const plainName: NameOf = (field, value) => wordFields[field].values?.[value] ?? { zh: value, en: value }

/** The formula as a sentence that a person can check the figure by, in both languages. */
export function formulaOf(
  definition: OwnDefinition,
  nameOf: NameOf = plainName,
): { formula: string; formulaZh: string } {
  const { table, where, of } = definition
  const { zh, en } = tableNames[table]
  const cases = said(where, nameOf)
  const casesZh = `${cases.zh && `${cases.zh}的`}${zh}`
  const casesEn = `${en}${cases.en && ` with ${cases.en}`}`
  const only = restrictions(definition)
  const tail = { zh: only.map((one) => `；${one.zh}`).join(''), en: only.map((one) => `; ${one.en}`).join('') }
  if ('share' in of) {
    const counted = said(of.share, nameOf)
    return {
      formula: `share with ${counted.en} among ${casesEn}${tail.en}`,
      formulaZh: `${casesZh}中，${counted.zh}的占比${tail.zh}`,
    }
  }
  const { number, percent } = measured(definition)!
  const { zh: whatZh, en: what } = numberFields[number]
  const how = { zh: '平均值', en: 'mean' }
  if (percent === 50) Object.assign(how, { zh: '中位数', en: 'median' })
  else if (percent !== null) Object.assign(how, { zh: `第 ${percent} 百分位`, en: `${ordinal(percent)} percentile` })
  return {
    formula: `${how.en} of ${what} among ${casesEn}${tail.en}`,
    formulaZh: `${casesZh}的${whatZh}的${how.zh}${tail.zh}`,
  }
}

function ordinal(n: number): string {
  const tail = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
  return `${n}${tail}`
}

function said(conditions: readonly OwnCondition[], nameOf: NameOf): Words {
  const each = conditions.map((one) => ('field' in one ? textCondition(one, nameOf) : numberCondition(one)))
  return { zh: each.map(({ zh }) => zh).join('、'), en: each.map(({ en }) => en).join(' and ') }
}

function textCondition(one: Extract<OwnCondition, { field: string }>, nameOf: NameOf): Words {
  const field = wordFields[one.field]
  const values = one.in.map((value) => (value === '' ? { zh: '空', en: 'nothing' } : nameOf(one.field, value)))
  return {
    zh: `${field.zh}${one.not ? '不' : ''}为${values.map(({ zh }) => `“${zh}”`).join('或')}`,
    en: `${field.en}${one.not ? ' other than' : ''} ${values.map(({ en }) => `“${en}”`).join(' or ')}`,
  }
}

function numberCondition({ number, atLeast, atMost }: Extract<OwnCondition, { number: string }>): Words {
  const { zh, en } = numberFields[number]
  if (atLeast !== undefined && atMost !== undefined)
    return { zh: `${zh}在 ${atLeast} 到 ${atMost} 之间`, en: `${en} from ${atLeast} to ${atMost}` }
  return atLeast !== undefined
    ? { zh: `${zh}不小于 ${atLeast}`, en: `${en} of ${atLeast} or more` }
    : { zh: `${zh}不大于 ${atMost}`, en: `${en} of ${atMost} or less` }
}
