import { Alert, App, Button, InputNumber, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PrivacyState } from '../../../src/http/shapes.ts'
import { useKeepOriginals } from '../../api/privacy.ts'
import { useRefused } from '../../parts/rights.ts'
import { useFormat, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'

/** Whether what was masked is kept, for how long, and who looked. */
export function Originals({ of, locked }: { of: PrivacyState; locked: boolean }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const refused = useRefused()
  const [keepOriginals, setKeep] = useState(of.keepOriginals)
  const [originalDays, setDays] = useState(of.originalDays)
  const save = useKeepOriginals({ tenant: tenant.id })
  const submit = () =>
    save.mutate({ keepOriginals, originalDays }, { onSuccess: () => void message.info(t('privacy.saved')) })
  return (
    <div className="part">
      <div className="row wrap">
        <Switch checked={keepOriginals} disabled={locked} aria-label={t('privacy.originals')} onChange={setKeep} />
        <span className="dense">{t('privacy.originals')}</span>
        {of.originals > 0 && <span className="aux num">{t('privacy.kept', { n: count(of.originals) })}</span>}
      </div>
      <p className="aux">{t('privacy.originalsHelp')}</p>
      {!locked && (
        <div className="row wrap">
          <span className="dense" aria-hidden="true">
            {t('privacy.days')}
          </span>
          <InputNumber
            min={1}
            max={3650}
            precision={0}
            value={originalDays}
            disabled={!keepOriginals}
            aria-label={t('privacy.days')}
            onChange={(value) => setDays(value ?? 90)}
          />
          <Button onClick={submit} loading={save.isPending}>
            {t('privacy.save')}
          </Button>
        </div>
      )}
      {save.error && <Alert type="error" title={refused(save.error, save.error.message)} />}
      {of.looks.length > 0 && (
        <ul className="lines" aria-label={t('privacy.looks')}>
          {of.looks.slice(0, 10).map((look) => (
            <li key={look.id}>
              <span className="dense">{t('privacy.look', { actor: look.actor, reason: look.reason })}</span>
              <span className="aux num">{moment(look.at)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
