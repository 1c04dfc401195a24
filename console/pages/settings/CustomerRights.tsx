import { Alert, Button, Checkbox, Input } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEraseCustomer, useExportCustomer } from '../../api/privacy.ts'
import { save } from '../../parts/export/save.ts'
import { useRefused } from '../../parts/rights.ts'
import { useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'

/** Saves an answer as a file; nothing of it stays in the page. */
const download = (name: string, content: object) =>
  save(name, new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }))

const total = (parts: object): number =>
  Object.values(parts).reduce(
    (sum: number, part: unknown) => sum + (Array.isArray(part) ? part.length : Number(part)),
    0,
  )

/** Erasing is asked for twice: the second time the customer is typed again. */
function Erasing({ customer, onDone }: { customer: string; onDone: () => void }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const refused = useRefused()
  const [confirm, setConfirm] = useState('')
  const [keepOrders, setKeepOrders] = useState(false)
  const [refuseLater, setRefuseLater] = useState(false)
  const erase = useEraseCustomer({ tenant: tenant.id })
  if (erase.data) return <Alert type="success" title={t('privacy.erased', { n: count(total(erase.data.counts)) })} />
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (confirm.trim() === customer) erase.mutate({ customer, confirm: confirm.trim(), keepOrders, refuseLater })
  }
  return (
    <form className="part" onSubmit={submit}>
      <Alert type="warning" title={t('privacy.sure')} description={t('privacy.sureHelp')} />
      <Input
        value={confirm}
        maxLength={200}
        autoComplete="off"
        aria-label={t('privacy.sureHelp')}
        onChange={(event) => setConfirm(event.target.value)}
      />
      <Checkbox checked={keepOrders} onChange={(event) => setKeepOrders(event.target.checked)}>
        {t('privacy.keepOrders')} <span className="aux">{t('privacy.keepOrdersHelp')}</span>
      </Checkbox>
      <Checkbox checked={refuseLater} onChange={(event) => setRefuseLater(event.target.checked)}>
        {t('privacy.refuseLater')} <span className="aux">{t('privacy.refuseLaterHelp')}</span>
      </Checkbox>
      {erase.error && <Alert type="error" title={refused(erase.error, erase.error.message)} />}
      <div className="row wrap">
        <Button
          danger
          type="primary"
          htmlType="submit"
          disabled={confirm.trim() !== customer}
          loading={erase.isPending}
        >
          {t('privacy.doErase')}
        </Button>
        <Button onClick={onDone}>{t('privacy.cancel')}</Button>
      </div>
    </form>
  )
}

/** A copy of everything of one customer, or nothing of them any more. */
export function CustomerRights() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const refused = useRefused()
  const help = useId()
  const [typed, setTyped] = useState('')
  const [missing, setMissing] = useState(false)
  const [erasing, setErasing] = useState<string | null>(null)
  const copy = useExportCustomer({ tenant: tenant.id })
  const customer = typed.trim()
  const named = (then: () => void) => () => {
    setMissing(customer === '')
    if (customer !== '') then()
  }
  const save = () => copy.mutate(customer, { onSuccess: (answer) => download(`customer-${tenant.id}.json`, answer) })
  const found = copy.data ? total(copy.data) : 0
  return (
    <div className="part">
      <div className="row wrap">
        <Input
          className="customer-name"
          value={typed}
          maxLength={200}
          autoComplete="off"
          aria-label={t('privacy.customer')}
          aria-describedby={help}
          placeholder={t('privacy.customerHint')}
          status={missing ? 'error' : undefined}
          onChange={(event) => {
            setTyped(event.target.value)
            setErasing(null)
            copy.reset()
          }}
        />
        <Button onClick={named(save)} loading={copy.isPending}>
          {t('privacy.export')}
        </Button>
        <Button danger onClick={named(() => setErasing(customer))}>
          {t('privacy.erase')}
        </Button>
        {missing && (
          <span className="aux bad" role="alert">
            {t('privacy.need')}
          </span>
        )}
      </div>
      <p className="aux" id={help}>
        {t('privacy.customerHelp')}
      </p>
      {copy.error && <Alert type="error" title={refused(copy.error, copy.error.message)} />}
      {copy.data && (
        <Alert type="info" title={found === 0 ? t('privacy.nothing') : t('privacy.exported', { n: count(found) })} />
      )}
      {erasing !== null && <Erasing key={erasing} customer={erasing} onDone={() => setErasing(null)} />}
    </div>
  )
}
