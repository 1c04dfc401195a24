import { useTranslation } from 'react-i18next'
import type { PrivacyState } from '../../../src/http/shapes.ts'
import { usePrivacy } from '../../api/privacy.ts'
import { Card } from '../../parts/Card.tsx'
import { useWriteRefusal } from '../../parts/rights.ts'
import { Answer } from '../../parts/states.tsx'
import { useFormat, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { CustomerRights } from './CustomerRights.tsx'
import { Originals } from './Originals.tsx'

const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((total, n) => total + n, 0)

/** Who asked for what, and how much it was; of whom is not kept. */
function Requests({ of }: { of: PrivacyState['requests'] }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  if (of.length === 0) return <p className="soft dense">{t('privacy.noRequests')}</p>
  return (
    <ul className="lines">
      {of.map((request) => (
        <li key={request.id}>
          <b>{t(`privacy.what.${request.what}`)}</b>
          <span className="dense">{request.actor}</span>
          <span className="aux num">
            {t('privacy.rows', { n: count(sum(request.counts)) })}
            {request.keepOrders && ` · ${t('privacy.ordersKept')}`}
            {request.refuseLater && ` · ${t('privacy.refusedLater')}`}
          </span>
          <span className="aux num">{moment(request.at)}</span>
        </li>
      ))}
    </ul>
  )
}

/** What customers can ask for, what is kept of the unmasked, and the record of both. */
export function Privacy() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const refused = useWriteRefusal()
  const privacy = usePrivacy({ tenant: tenant.id })
  return (
    <Card title={t('privacy.title')} help={t('privacy.help')}>
      <Answer of={privacy} what={t('privacy.title')} cards={[4]}>
        {(data) => (
          <div className="part">
            {refused ? <p className="aux">{refused}</p> : <CustomerRights key={tenant.id} />}
            <div>
              <h3 className="dense">{t('privacy.requests')}</h3>
              <Requests of={data.requests} />
            </div>
            <Originals
              key={`${tenant.id} ${data.keepOriginals} ${data.originalDays}`}
              of={data}
              locked={refused !== null}
            />
          </div>
        )}
      </Answer>
    </Card>
  )
}
