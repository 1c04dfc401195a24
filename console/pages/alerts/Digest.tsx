import { useTranslation } from 'react-i18next'
import type { AlertList, Incident } from '../../../src/http/shapes.ts'
import { Card } from '../../parts/Card.tsx'
import { Go } from '../../shell/Go.tsx'
import { useFormat } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { IncidentRow } from './IncidentRow.tsx'

/** Of each kind so many are named. */
const SHOWN = 5

function Part({ title, of }: { title: string; of: readonly Incident[] }) {
  const { t } = useTranslation()
  const { lang } = useFormat()
  return (
    <section className="stack tight">
      <h3 className="dense">{title}</h3>
      {of.length === 0 ? (
        <p className="aux">{t('alerts.digestNone')}</p>
      ) : (
        <ul className="stack tight">
          {of.slice(0, SHOWN).map((one) => (
            <li key={one.id} className="dense">
              <Go to={`/alerts/${encodeURIComponent(one.id)}`}>{one.headline[lang]}</Go>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** The last whole day in short, and what waits to be looked at together. */
export function Digest({ of, held }: { of: AlertList; held: readonly Incident[] }) {
  const { t } = useTranslation()
  const { day } = useFormat()
  const { digest } = of
  const all = new Map([...of.open, ...of.past].map((one) => [one.id, one]))
  const pick = (ids: readonly string[]) => ids.flatMap((id) => all.get(id) ?? [])
  const [found, over, open] = [pick(digest.found), pick(digest.over), pick(digest.open)]
  return (
    <Card title={t('alerts.digest', { day: day(digest.day) })} help={t('alerts.digestHelp')}>
      <div className="alert-digest">
        <Part title={t('alerts.digestFound', { n: count(found.length) })} of={found} />
        <Part title={t('alerts.digestOver', { n: count(over.length) })} of={over} />
        <Part title={t('alerts.digestOpen', { n: count(open.length) })} of={open} />
      </div>
      {held.length > 0 && (
        <>
          <h3 className="dense alert-held">{t('alerts.held', { n: count(held.length) })}</h3>
          <ul className="incidents">
            {held.map((one) => (
              <IncidentRow key={one.id} of={one} />
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}
