import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../src/http/shapes.ts'
import { useReplay } from '../../api/actions.ts'
import { Card } from '../../parts/Card.tsx'
import { useWriteRefusal } from '../../parts/rights.ts'
import { useFormat, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'

export function DeadLetters({ of }: { of: Settings }) {
  const { t } = useTranslation()
  const { lang, moment } = useFormat()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const refused = useWriteRefusal()
  const replay = useReplay({ tenant: tenant.id })
  const again = (id: string) =>
    replay.mutate(id, {
      onSuccess: (answer) => void message.info(t('settings.replayed', { kept: answer.kept, dead: answer.dead.length })),
      onError: (error) => void message.error(t('state.denied', { why: error.message || t('state.unreachable') })),
    })
  return (
    <Card
      title={t('settings.dead')}
      help={t('settings.deadHelp')}
      end={of.deadLetterCount > 0 && t('settings.deadCount', { n: count(of.deadLetterCount) })}
    >
      {of.deadLetters.length === 0 ? (
        <p className="soft dense">{t('settings.noDead')}</p>
      ) : (
        <ul className="dead">
          {of.deadLetters.map((letter) => (
            <li key={letter.id}>
              <div className="row spread wrap">
                <span className="dense">
                  <b>{letter.told.words[lang]}</b>
                  <br />
                  <span className="aux num">
                    {letter.source} · {t('settings.where')} {count(letter.place)}
                    {letter.field && ` · ${letter.field}`} · {moment(letter.receivedAt)}
                  </span>
                </span>
                {!refused && (
                  <Button
                    size="small"
                    loading={replay.isPending && replay.variables === letter.id}
                    onClick={() => again(letter.id)}
                  >
                    {t('settings.replay')}
                  </Button>
                )}
              </div>
              <pre className="command">{letter.record.slice(0, 600)}</pre>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
