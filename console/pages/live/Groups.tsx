import { useTranslation } from 'react-i18next'
import type { FunnelResult } from '../../../src/http/shapes.ts'
import { Card } from '../../parts/Card.tsx'
import { ChangeMark } from '../../parts/ChangeMark.tsx'
import { type IntervalRow, IntervalRows, tooFew } from '../../parts/Interval.tsx'
import { ends, scaleOver, toneOf } from '../../parts/scale.ts'
import { count, levelText, shortened } from '../../words/format.ts'
import { useFunnelWords } from './names.ts'

/** The same funnel, group by group, beside the whole. */
export function Groups({ of }: { of: FunnelResult }) {
  const { t } = useTranslation()
  const { dimension, value } = useFunnelWords()
  const by = of.funnel.by ?? ''
  const all = of.steps.at(-1)!.ofFirst.value
  const through = of.groups.map((one) => one.steps.at(-1)!)
  const scale = scaleOver(ends(through.filter(({ n }) => !tooFew(n))), all === null ? [] : [all])
  const rows = of.groups.map((one, i): IntervalRow => {
    const few = tooFew(one.n)
    return {
      key: one.key,
      label:
        one.key === 'others' ? t('funnel.others') : one.label && one.label !== one.key ? one.label : value(by, one.key),
      sub: one.change && <ChangeMark change={one.change} unit="share" higherIsBetter />,
      of: few ? null : through[i]!,
      tone: one.change ? toneOf(one.change, true) : 'unsure',
      text: few ? t('figure.few') : levelText(through[i]!.value, 'share'),
      n: count(one.n),
    }
  })
  return (
    <Card title={t('funnel.groups', { by: dimension(by) })} help={t('funnel.groupsHelp')}>
      <IntervalRows
        rows={rows}
        scale={scale}
        tick={(tick) => shortened(levelText(tick, 'share'))}
        reference={all ?? undefined}
        judged={false}
        nHead="n"
        nothing={t('figure.fewLong')}
        name={t('funnel.groups', { by: dimension(by) })}
      />
    </Card>
  )
}
