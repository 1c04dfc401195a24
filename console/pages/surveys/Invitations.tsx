import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { SurveyDetail, SurveyInvitations } from '../../../src/http/shapes.ts'
import { linksAddress, useInvite, useSurveyInvitations } from '../../api/surveys.ts'
import { Card } from '../../parts/Card.tsx'
import { useWriteRefusal } from '../../parts/rights.ts'
import { Answer } from '../../parts/states.tsx'
import { useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { Fault } from './Fault.tsx'

const SHOWN = 12

function Table({ of }: { of: SurveyInvitations }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const names = useNames()
  if (of.total === 0)
    return (
      <div>
        <p>{t('surveys.noInvitations')}</p>
        <p className="dense soft">{t('surveys.noInvitationsHelp')}</p>
      </div>
    )
  return (
    <div className="scroll">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t('surveys.customer')}</th>
            <th scope="col">{t('surveys.order')}</th>
            <th scope="col">{t('surveys.category')}</th>
            <th scope="col">{t('surveys.invitedAt')}</th>
            <th scope="col">{t('surveys.progress')}</th>
          </tr>
        </thead>
        <tbody>
          {of.rows.slice(0, SHOWN).map((row) => (
            <tr key={row.id}>
              <td>{row.customerRef}</td>
              <td>{row.orderId}</td>
              <td>{names.category(row.category)}</td>
              <td className="num">{moment(row.invitedAt)}</td>
              <td>{t(`surveys.progressOf.${row.state ?? (row.handedOutAt === null ? 'none' : 'handed')}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Whom the survey has invited, and the links for the shop's own messages. */
export function Invitations({ of }: { of: SurveyDetail }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const refused = useWriteRefusal()
  const where = { tenant: tenant.id }
  const invitations = useSurveyInvitations(where, of.id)
  const invite = useInvite(where, of.id)
  const make = () =>
    invite.mutate(undefined, {
      onSuccess: ({ made }) =>
        void message.info(made === 0 ? t('surveys.madeNone') : t('surveys.made', { n: count(made) })),
    })
  const total = invitations.data?.total ?? 0
  return (
    <Card
      title={t('surveys.invitations')}
      end={total > 0 && <span className="num">{t('surveys.invitationCount', { n: count(total) })}</span>}
    >
      <div className="stack tight">
        <Answer of={invitations} what={t('surveys.invitations')} cards={[4]}>
          {(data) => <Table of={data} />}
        </Answer>
        {!refused && (
          <div className="row wrap">
            {of.state === 'live' && of.rule && (
              <Button loading={invite.isPending} onClick={make}>
                {t('surveys.inviteNow')}
              </Button>
            )}
            {total > 0 && (
              <Button href={linksAddress(where, of.id)} download>
                {t('surveys.links')}
              </Button>
            )}
          </div>
        )}
        {invite.error && <Fault of={invite.error} />}
        {total > 0 && <p className="aux">{t('surveys.linksHelp')}</p>}
      </div>
    </Card>
  )
}
