import { Button, InputNumber, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../shell/surroundings.tsx'
import { levelUnit } from '../../../words/format.ts'
import type { DraftCondition, PartsTable, Trouble } from './draft.ts'

/** How a control shows that something is missing, and which sentence says what. */
interface Said {
  status?: 'error'
  describedBy?: string
}

interface RowProps {
  of: DraftCondition
  place: number
  table: PartsTable
  trouble: Trouble | undefined
  /** Whether what is missing is said aloud yet. */
  tried: boolean
  change: (of: DraftCondition) => void
  remove: () => void
}

/** A text field and the values that it has. Values that no record has had yet can be written where the list is open. */
function TextValues({
  of,
  place,
  table,
  change,
  said,
}: Pick<RowProps, 'of' | 'place' | 'table' | 'change'> & { said: Said }) {
  const { t } = useTranslation()
  const { lang } = useFormat()
  const field = table.words.find((one) => one.id === of.field)
  const values = of.values ?? []
  const named = new Map(field?.values.map((one) => [one.value, one[lang]]))
  return (
    <>
      <Select
        value={of.not === true}
        aria-label={t('own.isOrNot', { n: place + 1 })}
        className="is-or-not"
        options={[
          { value: false, label: t('own.is') },
          { value: true, label: t('own.isNot') },
        ]}
        onChange={(not) => change({ ...of, not: not || undefined })}
      />
      <Select
        mode={field?.closed ? 'multiple' : 'tags'}
        value={values}
        status={said.status}
        aria-label={t('own.values', { n: place + 1 })}
        aria-describedby={said.describedBy}
        placeholder={t(field?.closed ? 'own.pickValues' : 'own.writeValues')}
        className="values"
        maxTagTextLength={24}
        showSearch={{ optionFilterProp: 'label' }}
        options={[...new Set([...named.keys(), ...values])].map((value) => ({
          value,
          label: named.get(value) ?? value,
        }))}
        onChange={(next: string[]) => change({ ...of, values: next.slice(0, 50) })}
      />
    </>
  )
}

function NumberEnds({
  of,
  place,
  table,
  change,
  said,
}: Pick<RowProps, 'of' | 'place' | 'table' | 'change'> & { said: Said }) {
  const { t } = useTranslation()
  const { lang } = useFormat()
  const unit = table.numbers.find((one) => one.id === of.field)?.unit ?? 'count'
  const suffix = levelUnit(unit, lang).trim() || undefined
  const end = (which: 'atLeast' | 'atMost') => (
    <InputNumber
      value={of[which] ?? null}
      status={said.status}
      prefix={which === 'atLeast' ? '≥' : '≤'}
      suffix={suffix}
      className="end"
      aria-label={t(`own.${which}`, { n: place + 1 })}
      aria-describedby={said.describedBy}
      placeholder={t('own.anyNumber')}
      onChange={(value) => change({ ...of, [which]: value ?? undefined })}
    />
  )
  return (
    <>
      {end('atLeast')}
      {end('atMost')}
    </>
  )
}

function ConditionRow({ of, place, table, trouble, tried, change, remove }: RowProps) {
  const { t } = useTranslation()
  const { lang } = useFormat()
  const id = useId()
  const said: Said = tried && trouble ? { status: 'error', describedBy: id } : { describedBy: trouble && id }
  const isNumber = table.numbers.some((one) => one.id === of.field)
  const options = [
    { label: t('own.textFields'), options: table.words.map((one) => ({ value: one.id, label: one[lang] })) },
    { label: t('own.numberFields'), options: table.numbers.map((one) => ({ value: one.id, label: one[lang] })) },
  ]
  return (
    <li className="own-condition">
      <span className="aux and" aria-hidden="true">
        {place === 0 ? '' : t('own.and')}
      </span>
      <Select
        // A condition that was just added is gone on with.
        autoFocus={of.field === ''}
        value={of.field || undefined}
        status={trouble === 'noField' ? said.status : undefined}
        placeholder={t('own.pickField')}
        aria-label={t('own.field', { n: place + 1 })}
        className="of-field"
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        options={options}
        onChange={(field: string) => change({ field })}
      />
      {of.field !== '' &&
        (isNumber ? (
          <NumberEnds of={of} place={place} table={table} change={change} said={said} />
        ) : (
          <TextValues of={of} place={place} table={table} change={change} said={said} />
        ))}
      <Button
        type="text"
        className="remove"
        aria-label={t('own.remove', { n: place + 1 })}
        icon={<X size={16} strokeWidth={1.75} aria-hidden />}
        onClick={remove}
      />
      {trouble && (
        <p id={id} className={tried ? 'trouble dense bad' : 'trouble aux'} role={tried ? 'alert' : undefined}>
          {t(`own.trouble.${trouble}`)}
        </p>
      )}
    </li>
  )
}

interface ConditionsProps {
  list: readonly DraftCondition[]
  name: 'where' | 'share'
  table: PartsTable
  troubles: ReadonlyMap<string, Trouble>
  tried: boolean
  change: (list: DraftCondition[]) => void
}

const MOST = 10

/** Conditions that must all hold. */
export function Conditions({ list, name, table, troubles, tried, change }: ConditionsProps) {
  const { t } = useTranslation()
  const whole = troubles.get(name)
  const add = useRef<HTMLButtonElement>(null)
  return (
    <div className="conditions">
      {list.length > 0 && (
        <ul>
          {list.map((one, place) => (
            <ConditionRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no other identity than its place
              key={place}
              of={one}
              place={place}
              table={table}
              trouble={troubles.get(`${name}.${place}`)}
              tried={tried}
              change={(next) => change(list.map((old, at) => (at === place ? next : old)))}
              remove={() => {
                change(list.filter((_, at) => at !== place))
                add.current?.focus()
              }}
            />
          ))}
        </ul>
      )}
      {list.length < MOST && (
        <Button
          ref={add}
          type="dashed"
          icon={<Plus size={14} strokeWidth={1.75} aria-hidden />}
          onClick={() => change([...list, { field: '' }])}
        >
          {t(`own.add_${name}`)}
        </Button>
      )}
      {whole && (
        <p className={tried ? 'trouble dense bad' : 'trouble aux'} role={tried ? 'alert' : undefined}>
          {t(`own.trouble.${whole}`)}
        </p>
      )}
    </div>
  )
}
