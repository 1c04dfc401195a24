import { useTranslation } from 'react-i18next'
import type { IndicatorWords } from '../../src/http/shapes.ts'
import { useFormat } from '../shell/surroundings.tsx'
import { level, levelUnit } from '../words/format.ts'
import './row-value.css'

interface RowValueProps {
  value: number
  unit: IndicatorWords['unit']
  few: boolean
}

/** The class of an element that holds one. */
export const rowValueClass = (few: boolean): string => (few ? 'value row-value num few' : 'value row-value num')

/** The figure of a row, with its unit; below n = 30 it reads 少. */
export function RowValue({ value, unit, few }: RowValueProps) {
  const { t } = useTranslation()
  const { lang } = useFormat()
  if (few) return t('figure.few')
  return (
    <>
      {level(value, unit)}
      <small>{levelUnit(unit, lang)}</small>
    </>
  )
}
