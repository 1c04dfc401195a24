import { App, Button, Popconfirm, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ChannelList, ChannelPosting } from '../../../src/http/shapes.ts'
import { useChangeChannel, useChannels, useDropChannel, useSendAgain, useSendNow } from '../../api/channels.ts'
import { Card } from '../../parts/Card.tsx'
import { useRefused, useWriteRefusal } from '../../parts/rights.ts'
import { Answer, Message } from '../../parts/states.tsx'
import { useOpened } from '../../shell/opened.ts'
import { useFormat, useSurroundings } from '../../shell/surroundings.tsx'
import { EditChannel, NewChannel } from './ChannelForm.tsx'
import { channelProblem } from './channel-problem.ts'

type Channel = ChannelList['channels'][number]

/** A message: on its way, arrived, or given up and why. */
function Posting({ of, channel }: { of: ChannelPosting; channel: string }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { moment } = useFormat()
  const { message } = App.useApp()
  const refusal = useWriteRefusal()
  const why = useRefused()
  const again = useSendAgain({ tenant: tenant.id }, channel)
  const failed = { onError: (error: Error) => void message.error(why(error, t('state.server'))) }
  const when =
    of.state === 'waiting' && of.attempts > 0
      ? t('channels.next', { n: of.attempts, time: moment(of.nextAt) })
      : t(`channels.state.${of.state}`, { time: moment(of.doneAt ?? of.madeAt), n: of.attempts })
  return (
    <li className="alert-rule">
      <div className="said">
        <span className="dense">{of.title}</span>
        <p className={`aux ${of.state === 'failed' ? 'bad' : ''}`}>
          {when}
          {of.problem && ` · ${channelProblem(of.problem, t)}`}
        </p>
      </div>
      {of.state !== 'sent' && of.attempts > 0 && (
        <Button
          size="small"
          disabled={refusal !== null}
          loading={again.isPending}
          onClick={() => again.mutate(of.news, failed)}
        >
          {t('channels.again')}
        </Button>
      )}
    </li>
  )
}

function Controls({ of, edit }: { of: Channel; edit: () => void }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const refusal = useWriteRefusal()
  const why = useRefused()
  const where = { tenant: tenant.id }
  const change = useChangeChannel(where, of.id)
  const send = useSendNow(where, of.id)
  const drop = useDropChannel(where, of.id)
  const failed = { onError: (error: Error) => void message.error(why(error, t('state.server'))) }
  const off = refusal !== null
  return (
    <span className="row wrap">
      <Switch
        checked={!of.paused}
        disabled={off}
        loading={change.isPending}
        aria-label={`${of.name} ${t('channels.on')}`}
        onChange={(on) => change.mutate({ paused: !on }, failed)}
      />
      {(['test', 'digest'] as const).map((what) => (
        <Button
          key={what}
          size="small"
          disabled={off || of.paused}
          loading={send.isPending && send.variables === what}
          onClick={() => send.mutate(what, failed)}
        >
          {t(`channels.sendNow.${what}`)}
        </Button>
      ))}
      <Button size="small" disabled={off} onClick={edit}>
        {t('alerts.edit')}
      </Button>
      <Popconfirm title={t('channels.removeSure')} onConfirm={() => drop.mutate(undefined, failed)}>
        <Button size="small" disabled={off}>
          {t('alerts.remove')}
        </Button>
      </Popconfirm>
    </span>
  )
}

function List({ of }: { of: ChannelList }) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const refusal = useWriteRefusal()
  const { opened: focus, open, close } = useOpened('focus')
  const chosen = of.channels.find((one) => one.id === focus)
  const add = (
    <Button size="small" type="primary" disabled={refusal !== null} onClick={() => open('new')}>
      {t('channels.new')}
    </Button>
  )
  const wayOf = ({ way }: Channel) => of.ways.find((one) => one.id === way)?.[lang] ?? way
  const sentOf = ({ telling }: Channel) =>
    [
      ...(telling.incidents ? [t('channels.incidents')] : []),
      telling.digest === 'none'
        ? t('channels.digests.none')
        : t('channels.digestAt', { what: t(`channels.digests.${telling.digest}`), hour: telling.hour }),
      ...(telling.quiet ? [t('channels.quietAt', telling.quiet)] : []),
    ].join(' · ')
  return (
    <>
      {of.channels.length === 0 ? (
        <Card title={t('channels.title')} help={refusal ?? undefined} end={add}>
          <Message picture="horizon" title={t('channels.none')} help={t('channels.noneHelp')} />
        </Card>
      ) : (
        <p className="row wrap">
          {add}
          {refusal && <span className="aux">{refusal}</span>}
        </p>
      )}
      {of.channels.map((one) => (
        <Card
          key={one.id}
          title={one.name}
          help={`${wayOf(one)} · ${one.host} · ${sentOf(one)}`}
          end={<Controls of={one} edit={() => open(one.id)} />}
        >
          {one.postings.length === 0 ? (
            <p className="aux">{t('channels.nothingYet')}</p>
          ) : (
            <ul>
              {one.postings.map((posting) => (
                <Posting key={posting.news} of={posting} channel={one.id} />
              ))}
            </ul>
          )}
        </Card>
      ))}
      {focus === 'new' && refusal === null && <NewChannel ways={of.ways} close={close} />}
      {chosen && <EditChannel key={chosen.id} of={chosen} close={close} />}
    </>
  )
}

/** Where alerts and digests are sent, and what became of the messages. */
export function Channels() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  return (
    <Answer of={useChannels({ tenant: tenant.id })} what={t('channels.title')} cards={[4, 4]}>
      {(data) => <List of={data} />}
    </Answer>
  )
}
