import { useTranslation } from 'react-i18next'
import { useTraining } from '../../api/reading.ts'
import { Card } from '../../parts/Card.tsx'
import { Answer } from '../../parts/states.tsx'
import { Go } from '../../shell/Go.tsx'
import { useSurroundings } from '../../shell/surroundings.tsx'

const shapes = ['class', 'opinions'] as const

/** What people corrected, to take away as training data. */
export function Training() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const training = useTraining({ tenant: tenant.id })
  const at = (shape: string) => `/api/v1/corrections/export?shape=${shape}&tenant=${encodeURIComponent(tenant.id)}`
  return (
    <Card title={t('training.title')} help={t('training.help')}>
      <Answer of={training} what={t('training.title')} cards={[2]}>
        {({ voices }) =>
          voices === 0 ? (
            <p className="soft dense">
              {t('training.none')} <Go to="/voices">{t('overview.seeVoices')}</Go>
            </p>
          ) : (
            <div className="part">
              <p className="row wrap dense">
                <b className="num">{t('training.count', { count: voices })}</b>
                {shapes.map((shape) => (
                  <a key={shape} href={at(shape)} download>
                    {t(`training.${shape}`)}
                  </a>
                ))}
              </p>
              <div>
                <p className="aux">{t('training.use')}</p>
                <pre className="command">./daystar learn class corrections-{tenant.id}-class.jsonl --out my.model</pre>
              </div>
            </div>
          )
        }
      </Answer>
    </Card>
  )
}
