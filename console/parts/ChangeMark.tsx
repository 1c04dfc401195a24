import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Change } from '../../src/http/shapes.ts'
import { useFormat } from '../shell/surroundings.tsx'
import { differenceUnit, level, range, type Unit } from '../words/format.ts'
import { toneOf } from './scale.ts'

interface ChangeMarkProps {
  change: Change | null
  unit: Unit
  higherIsBetter: boolean
  short?: boolean
}

/** The arrow says the direction, the colour better or worse; a change within chance is grey whatever its sign. */
export function ChangeMark({ change, unit, higherIsBetter, short = false }: ChangeMarkProps) {
  const { t } = useTranslation()
  const { lang } = useFormat()
  if (!change) return <span className="aux">{t('figure.noPrevious')}</span>
  const tone = toneOf(change, higherIsBetter)
  const direction = change.value > 0 ? 'up' : change.value < 0 ? 'down' : 'flat'
  const words = t(change.moreThanChance ? 'figure.moreThanChance' : 'figure.withinChance')
  const help = t(change.moreThanChance ? 'figure.chanceHelp' : 'figure.noiseHelp')
  const between = t('figure.interval', {
    range: `${range(change.low, change.high, unit, lang)} ${differenceUnit(unit, lang)}`,
  })
  return (
    <Tooltip title={`${help} ${between}`}>
      <span className={`change ${tone}`}>
        <span aria-hidden="true">{direction === 'up' ? '▲' : direction === 'down' ? '▼' : '–'}</span>
        <span className="hidden">{t(`figure.${direction}`)}</span>{' '}
        <b className="num">{level(Math.abs(change.value), unit)}</b>
        {!short && <span className="words"> {words}</span>}
        {short && <span className="hidden">{words}</span>}
      </span>
    </Tooltip>
  )
}
