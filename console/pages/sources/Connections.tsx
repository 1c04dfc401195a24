import { App, Button, Popconfirm } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Connection, type Source, useChangeConnection, useDisconnect, usePause } from '../../api/sources.ts'
import { useWriteRefusal } from '../../parts/rights.ts'
import { Go } from '../../shell/Go.tsx'
import { useFormat, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { Address, SettingField } from './Connect.tsx'

type State = 'paused' | 'failing' | 'waiting' | 'fine'

export function stateOf({ paused, failures, problem, lastAt }: Connection): State {
  if (paused) return 'paused'
  if (failures > 0 && problem) return 'failing'
  return lastAt === null ? 'waiting' : 'fine'
}
const look = { paused: '', failing: 'ill', waiting: 'now', fine: 'well' } as const

function Facts({ of }: { of: Connection }) {
  const { t } = useTranslation()
  const { moment, exactMoment } = useFormat()
  const counts = [
    of.lastAt === null ? t('connect.never') : t('connect.last', { time: moment(of.lastAt) }),
    ...(of.deliveries > 0
      ? [t(`connect.deliveries.${of.way}`, { n: count(of.deliveries) }), t('connect.kept', { n: count(of.kept) })]
      : []),
    ...(of.way === 'pull' && of.nextAt !== null && !of.paused
      ? [t('connect.next', { time: exactMoment(of.nextAt) })]
      : []),
  ]
  return (
    <>
      <p className="aux num">{counts.join(' · ')}</p>
      {of.problem && of.failures > 0 && (
        <div className="dense">
          <p className="bad">{t('connect.failures', { n: count(of.failures), time: exactMoment(of.problem.at) })}</p>
          <p>{of.problem.message}</p>
          {of.problem.remedy && <p className="soft">{of.problem.remedy}</p>}
        </div>
      )}
    </>
  )
}

function Change({ of, source, close }: { of: Connection; source: Source; close: () => void }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const [values, setValues] = useState<Record<string, string>>({})
  const change = useChangeConnection({ tenant: tenant.id }, of.id)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''))
    change.mutate(given, {
      onSuccess: close,
      onError: (error) => void message.error(t('state.denied', { why: error.message || t('state.unreachable') })),
    })
  }
  return (
    <form className="change" onSubmit={submit}>
      <p className="aux">{t('connect.changeHelp')}</p>
      {(source[of.way] ?? []).map((one) => (
        <SettingField
          key={one.id}
          of={one}
          optional={false}
          value={values[one.id] ?? of.settings[one.id] ?? ''}
          change={(value) => setValues({ ...values, [one.id]: value })}
        />
      ))}
      <div className="row">
        <Button size="small" htmlType="submit" loading={change.isPending}>
          {t('connect.save')}
        </Button>
        <Button size="small" onClick={close}>
          {t('connect.cancel')}
        </Button>
      </div>
    </form>
  )
}

function Doing({ of, edit }: { of: Connection; edit: () => void }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const pause = usePause({ tenant: tenant.id }, of.id)
  const drop = useDisconnect({ tenant: tenant.id }, of.id)
  const onError = (error: Error) =>
    void message.error(t('state.denied', { why: error.message || t('state.unreachable') }))
  return (
    <div className="row wrap">
      <Button size="small" loading={pause.isPending} onClick={() => pause.mutate(!of.paused, { onError })}>
        {t(of.paused ? 'connect.resume' : 'connect.pause')}
      </Button>
      <Button size="small" onClick={edit}>
        {t('connect.change')}
      </Button>
      <Popconfirm
        title={t('connect.removeSure')}
        okText={t('connect.remove')}
        okButtonProps={{ danger: true }}
        onConfirm={() => drop.mutate(undefined, { onError })}
      >
        <Button size="small" danger>
          {t('connect.remove')}
        </Button>
      </Popconfirm>
    </div>
  )
}

/** One connection: how it fares, what is wrong with it and what to do. `source` is where its settings are described. */
export function ConnectionRow({ of, source, link = false }: { of: Connection; source: Source; link?: boolean }) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const refused = useWriteRefusal()
  const [changing, setChanging] = useState(false)
  const state = stateOf(of)
  return (
    <li className="connection">
      <p className="row wrap">
        <b>{of.name}</b>
        <span className={`pill ${look[state]}`}>{t(`connect.state.${state}`)}</span>
        {link ? (
          <Go to={`/sources/${encodeURIComponent(source.id)}`} className="dense">
            {source[lang]}
          </Go>
        ) : (
          <span className="aux">{t(`sources.way.${of.way}`)}</span>
        )}
      </p>
      <Facts of={of} />
      {!link && of.way === 'webhook' && <Address id={of.id} />}
      {!link && !refused && !changing && <Doing of={of} edit={() => setChanging(true)} />}
      {changing && <Change of={of} source={source} close={() => setChanging(false)} />}
    </li>
  )
}
