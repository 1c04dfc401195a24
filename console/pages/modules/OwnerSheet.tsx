import { Alert, Button, Input, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModuleReview } from '../../../src/http/shapes.ts'
import { useSetOwner } from '../../api/modules.ts'
import { useRefused, useWriteRefusal } from '../../parts/rights.ts'
import { Sheet } from '../../parts/Sheet.tsx'
import { useOpened } from '../../shell/opened.ts'
import { useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { useOwnerText } from './figures.ts'

/** The departments as choices, in the page's language. */
export function useDepartments(): { value: string; label: string }[] {
  const names = useNames()
  return (names.catalogue?.departments ?? []).map(({ id }) => ({ value: id, label: names.department(id) }))
}

function Form({ of, close }: { of: ModuleReview; close: () => void }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const refusal = useWriteRefusal()
  const refused = useRefused()
  const departments = useDepartments()
  const set = useSetOwner({ tenant: tenant.id }, of.id)
  const id = useId()
  const [department, setDepartment] = useState(of.owner.department)
  const [person, setPerson] = useState(of.owner.person)
  return (
    <form
      className="stack module-form"
      onSubmit={(event) => {
        event.preventDefault()
        set.mutate({ department, person: person.trim() }, { onSuccess: close })
      }}
    >
      <div className="labelled">
        <span>{t('modules.department')}</span>
        <Select
          value={department}
          aria-label={t('modules.department')}
          disabled={refusal !== null}
          getPopupContainer={(node) => node.parentElement ?? document.body}
          onChange={setDepartment}
          options={departments}
        />
      </div>
      <label htmlFor={`${id}-person`}>
        <span>{t('modules.person')}</span>
        <Input
          id={`${id}-person`}
          value={person}
          maxLength={80}
          disabled={refusal !== null}
          onChange={(event) => setPerson(event.target.value)}
        />
      </label>
      {set.error && <Alert type="error" showIcon title={refused(set.error, t('modules.refused'))} />}
      <Button type="primary" htmlType="submit" disabled={refusal !== null} loading={set.isPending}>
        {t('modules.saveOwner')}
      </Button>
      {refusal && <p className="aux">{refusal}</p>}
    </form>
  )
}

/** Who answers for the module, and the way to change it. */
export function Owner({ of }: { of: ModuleReview }) {
  const { t } = useTranslation()
  const names = useNames()
  const ownerText = useOwnerText()
  const form = useOpened('form')
  return (
    <>
      <span className="dense">
        <span className="aux">{t('modules.owner')}</span> <b>{ownerText(of.owner)}</b>
      </span>
      <Button size="small" className="no-print" onClick={() => form.open('owner')}>
        {t('modules.changeOwner')}
      </Button>
      <Sheet title={t('modules.ownerOf', { module: names.said(of) })} open={form.opened === 'owner'} close={form.close}>
        <Form of={of} close={form.close} />
      </Sheet>
    </>
  )
}
