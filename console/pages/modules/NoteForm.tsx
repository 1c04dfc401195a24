import { Alert, Button, Input, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModuleReview } from '../../../src/http/shapes.ts'
import { type NewNote, useKeepNote } from '../../api/modules.ts'
import { useKept, WritingBack } from '../../parts/Kept.tsx'
import { useRefused } from '../../parts/rights.ts'
import { useSurroundings } from '../../shell/surroundings.tsx'
import { useDepartments } from './OwnerSheet.tsx'

type Action = NewNote['actions'][number]
const MOST_ACTIONS = 20

interface ActionProps {
  of: Action
  change: (to: Action) => void
  drop: () => void
}

function ActionFields({ of, change, drop }: ActionProps) {
  const { t } = useTranslation()
  const departments = useDepartments()
  return (
    <fieldset className="action">
      <legend className="hidden">{t('modules.actions')}</legend>
      <Input
        value={of.what}
        maxLength={300}
        aria-label={t('modules.actionWhat')}
        placeholder={t('modules.actionWhat')}
        onChange={(event) => change({ ...of, what: event.target.value })}
      />
      <Select
        value={of.department}
        aria-label={t('modules.actionWho')}
        getPopupContainer={(node) => node.parentElement ?? document.body}
        onChange={(department) => change({ ...of, department })}
        options={departments}
      />
      <Input
        type="date"
        value={of.due ?? ''}
        aria-label={t('modules.actionDue')}
        title={t('modules.actionDue')}
        onChange={(event) => change({ ...of, due: event.target.value || null })}
      />
      <button type="button" className="bare" aria-label={t('modules.dropAction')} onClick={drop}>
        <X size={16} strokeWidth={1.75} aria-hidden />
      </button>
    </fieldset>
  )
}

/** What was said, decided and given to somebody. Actions become tickets. */
export function NoteForm({ of, close }: { of: ModuleReview; close: () => void }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const refused = useRefused()
  const keep = useKeepNote({ tenant: tenant.id }, of.id)
  const id = useId()
  const writing = useKept(`note ${of.id}`, { text: '', decisions: '', actions: [] as (Action & { key: number })[] })
  const { text, decisions, actions } = writing.value
  const setActions = (next: typeof actions) => writing.set({ ...writing.value, actions: next })
  const note: NewNote = {
    ...of.period,
    text: text.trim(),
    decisions: decisions
      .split('\n')
      .map((one) => one.trim())
      .filter(Boolean),
    actions: actions.map(({ key: _, ...one }) => ({ ...one, what: one.what.trim() })).filter(({ what }) => what !== ''),
  }
  const says = note.text !== '' || note.decisions.length + note.actions.length > 0
  return (
    <form
      className="stack module-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (says)
          keep.mutate(note, {
            onSuccess: () => {
              writing.giveUp()
              close()
            },
          })
      }}
    >
      <WritingBack of={writing} />
      <label htmlFor={`${id}-text`}>
        <span>{t('modules.noteText')}</span>
        <Input.TextArea
          id={`${id}-text`}
          rows={5}
          maxLength={10_000}
          value={text}
          placeholder={t('modules.noteTextHint')}
          onChange={(event) => writing.set({ ...writing.value, text: event.target.value })}
        />
      </label>
      <label htmlFor={`${id}-decisions`}>
        <span>{t('modules.decisions')}</span>
        <Input.TextArea
          id={`${id}-decisions`}
          rows={3}
          maxLength={5_000}
          value={decisions}
          placeholder={t('modules.decisionsHint')}
          onChange={(event) => writing.set({ ...writing.value, decisions: event.target.value })}
        />
      </label>
      <div className="labelled">
        <span>{t('modules.actions')}</span>
        <span className="aux">{t('modules.actionsHelp')}</span>
        {actions.map(({ key, ...one }) => (
          <ActionFields
            key={key}
            of={one}
            change={(to) => setActions(actions.map((each) => (each.key === key ? { ...to, key } : each)))}
            drop={() => setActions(actions.filter((each) => each.key !== key))}
          />
        ))}
        {actions.length < MOST_ACTIONS && (
          <Button
            size="small"
            icon={<Plus size={14} strokeWidth={1.75} aria-hidden />}
            onClick={() =>
              setActions([...actions, { key: Date.now(), what: '', department: of.owner.department, due: null }])
            }
          >
            {t('modules.addAction')}
          </Button>
        )}
      </div>
      {keep.error && <Alert type="error" showIcon title={refused(keep.error, t('modules.refused'))} />}
      <Button type="primary" htmlType="submit" disabled={!says} loading={keep.isPending}>
        {t('modules.keepNote')}
      </Button>
      <p className="aux">{t('modules.masked')}</p>
    </form>
  )
}
