import { App, Button, Popconfirm } from 'antd'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/client.ts'
import { useForgetOwn, useOwnIndicators, useRetireOwn } from '../../api/indicators.ts'
import { useRefused, useWriteRefusal } from '../../parts/rights.ts'
import { useGo } from '../../shell/Go.tsx'
import { useFormat, useSurroundings } from '../../shell/surroundings.tsx'
import { WatchedBy, WatchIt } from './WatchedBy.tsx'

/** What can be done with an indicator of one's own, and who changed it last. */
export function OwnControls({ id }: { id: string }) {
  const { tenant } = useSurroundings()
  const own = useOwnIndicators(tenant.id).data?.own.find((one) => one.id === id)
  if (!own) return null
  const { of } = own.definition
  const canWatch = ('share' in of || 'mean' in of) && own.retiredAt === null
  return (
    <>
      <Controls id={id} by={own.changedBy} at={own.changedAt} retired={own.retiredAt !== null} />
      <WatchedBy id={id} />
      {canWatch && (
        <p className="dense">
          <WatchIt id={id} />
        </p>
      )}
    </>
  )
}

function Controls({ id, by, at, retired }: { id: string; by: string; at: number; retired: boolean }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const refusal = useWriteRefusal()
  const refused = useRefused()
  const go = useGo()
  const retire = useRetireOwn(tenant.id, id)
  const forget = useForgetOwn(tenant.id, id)
  const onError = (error: unknown) =>
    void message.error(
      error instanceof ApiProblem && error.status === 409 ? t('own.isWatched') : refused(error, t('own.refused')),
    )
  const remove = () => forget.mutate(undefined, { onError, onSuccess: () => go({ to: '/indicators' }) })
  return (
    <div className="own-controls">
      <p className="aux">
        {t('own.changed', { by, at: moment(at) })} {t(retired ? 'own.retired' : 'own.used')}
      </p>
      {refusal === null && (
        <p className="row wrap">
          <Button size="small" onClick={() => go({ to: `/indicators/${id}/edit` })}>
            {t('own.editIt')}
          </Button>
          <Button size="small" loading={retire.isPending} onClick={() => retire.mutate(!retired, { onError })}>
            {t(retired ? 'own.bringBack' : 'own.retireIt')}
          </Button>
          {retired && (
            <Popconfirm
              title={t('own.forgetSure')}
              okText={t('own.forgetIt')}
              cancelText={t('own.cancel')}
              onConfirm={remove}
            >
              <Button size="small" danger loading={forget.isPending}>
                {t('own.forgetIt')}
              </Button>
            </Popconfirm>
          )}
        </p>
      )}
    </div>
  )
}
