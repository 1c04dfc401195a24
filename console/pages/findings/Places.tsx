import { useTranslation } from 'react-i18next'
import type { FindingDetail } from '../../../src/http/shapes.ts'
import { Card } from '../../parts/Card.tsx'
import { wordsOf } from '../../parts/factor.ts'
import { IntervalRows, tooFew } from '../../parts/Interval.tsx'
import { ends, scaleOver } from '../../parts/scale.ts'
import { Go } from '../../shell/Go.tsx'
import { useNames } from '../../shell/surroundings.tsx'
import { count, levelText, shortened } from '../../words/format.ts'

const SHOWN = 6

/** In which cities the problem is most common: the share of cases that have it, the surest first as the server ranks them. */
export function Places({ of }: { of: FindingDetail }) {
  const { t } = useTranslation()
  const names = useNames()
  const places = of.places.filter((place) => place.exposed > 0).slice(0, SHOWN)
  if (places.length < 2) return null
  const scale = scaleOver(ends(places.filter(({ n }) => !tooFew(n)).map((place) => place.share)), [0])
  const category = of.category === '' ? undefined : [of.category]
  return (
    <Card title={t('finding.places')} help={t(`finding.${wordsOf(of)}.places`)}>
      <IntervalRows
        rows={places.map((place) => ({
          key: place.city,
          few: tooFew(place.n),
          label: (
            <Go to="/voices" ask={{ driver: of.id, category, city: [place.city], ...of.period }}>
              {names.city(place.city)}
            </Go>
          ),
          of: tooFew(place.n) ? null : place.share,
          tone: 'unsure' as const,
          text: tooFew(place.n) ? '' : levelText(place.share.value, 'share'),
          n: `${count(place.exposed)} / ${count(place.n)}`,
        }))}
        scale={scale}
        tick={(value) => shortened(levelText(value, 'share'))}
        nHead={t('finding.placesN')}
        nothing={t('finding.noCheck')}
        name={t('finding.places')}
      />
    </Card>
  )
}
