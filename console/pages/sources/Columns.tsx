import { Button, Input, Select } from 'antd'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportPreview } from '../../../src/http/shapes.ts'
import type { FileOptions, Setting } from '../../api/sources.ts'
import { useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { targetWords } from './targets.ts'

interface Choosing {
  preview: ImportPreview
  options: FileOptions
  change: (options: FileOptions) => void
}

const without = (map: Record<string, string>, drop: (field: string, column: string) => boolean) =>
  Object.fromEntries(Object.entries(map).filter(([field, column]) => !drop(field, column)))

/** The options once a person said what a column is; undefined: it is not used. */
function chosen(options: FileOptions, column: string, field: string | undefined): FileOptions {
  const map = without(options.map, (key, of) => of === column || key === field)
  const ignore = options.ignore.filter((one) => one !== column)
  return field === undefined
    ? { ...options, map, ignore: [...ignore, column] }
    : { ...options, map: { ...map, [field]: column }, ignore }
}

/** Which column is which field, with a select for each. */
export function Columns({ preview, options, change }: Choosing) {
  const { t } = useTranslation()
  const used = new Map(preview.fields.used.map(({ from, to }) => [from, to]))
  const byHand = new Map(Object.entries(options.map).map(([field, column]) => [column, field]))
  const choices = (preview.targets ?? []).map((field) => ({ value: field, label: targetWords(field, t) }))
  const own = (field: string | undefined) =>
    field === undefined || choices.some(({ value }) => value === field)
      ? choices
      : [...choices, { value: field, label: targetWords(field, t) }]
  return (
    <section className="part">
      <h3>{t('bring.columns')}</h3>
      <p className="aux">{t('bring.columnsHelp')}</p>
      <ul className="column-list">
        {(preview.columns ?? []).map((column) => {
          const field = byHand.get(column) ?? used.get(column)
          return (
            <li key={column}>
              <code>{column}</code>
              <Select
                size="small"
                aria-label={column}
                showSearch={{ optionFilterProp: 'label' }}
                allowClear
                value={field}
                placeholder={t('bring.notUsed')}
                options={own(field)}
                onChange={(next: string | undefined) => change(chosen(options, column, next))}
              />
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** A value that is the same in every row. */
function NewConstant({ preview, options, change }: Choosing) {
  const { t } = useTranslation()
  const names = useNames()
  const [field, setField] = useState<string>()
  const [value, setValue] = useState('')
  const add = () => {
    if (field === undefined || value.trim() === '') return
    change({ ...options, set: { ...options.set, [field]: value.trim() } })
    setField(undefined)
    setValue('')
  }
  const kinds = (names.catalogue?.values.kind ?? []).map(({ id }) => ({ value: id, label: names.kind(id) }))
  return (
    <div className="row wrap constant">
      <Select
        size="small"
        aria-label={t('bring.field')}
        showSearch={{ optionFilterProp: 'label' }}
        value={field}
        placeholder={t('bring.field')}
        options={(preview.targets ?? []).map((one) => ({ value: one, label: targetWords(one, t) }))}
        onChange={(next) => {
          setField(next)
          setValue('')
        }}
      />
      {field === 'kind' ? (
        <Select
          size="small"
          aria-label={t('bring.value')}
          value={value || undefined}
          options={kinds}
          onChange={setValue}
        />
      ) : (
        <Input
          size="small"
          aria-label={t('bring.value')}
          placeholder={t('bring.value')}
          value={value}
          onChange={(event) => setValue(event.target.value)}
          onPressEnter={add}
        />
      )}
      <Button size="small" onClick={add}>
        {t('bring.addConstant')}
      </Button>
    </div>
  )
}

export function Constants(props: Choosing) {
  const { t } = useTranslation()
  const names = useNames()
  const { options, change } = props
  return (
    <section className="part">
      <h3>{t('bring.constants')}</h3>
      <p className="aux">{t('bring.constantsHelp')}</p>
      {Object.entries(options.set).map(([field, value]) => (
        <p key={field} className="row dense">
          <b>{targetWords(field, t)}</b> {field === 'kind' ? names.kind(value) : value}
          <Button
            size="small"
            type="text"
            aria-label={t('bring.removeConstant')}
            icon={<X size={14} strokeWidth={1.75} />}
            onClick={() => change({ ...options, set: without(options.set, (key) => key === field) })}
          />
        </p>
      ))}
      <NewConstant {...props} />
    </section>
  )
}

/** What a person may say of a file of this source, each taken when its field is left. */
export function FileSettings({ of, options, change }: { of: readonly Setting[] } & Omit<Choosing, 'preview'>) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const put = (id: string, value: string) => {
    const set = without(options.set, (key) => key === id)
    if ((options.set[id] ?? '') !== value) change({ ...options, set: value === '' ? set : { ...set, [id]: value } })
  }
  return (
    <section className="part">
      <h3>{t('bring.settings')}</h3>
      <div className="field-grid">
        {of.map((one) => (
          <div key={one.id} className="field">
            <label htmlFor={`file-${one.id}`} className="dense">
              {one[lang]}
            </label>
            <Input
              id={`file-${one.id}`}
              size="small"
              defaultValue={options.set[one.id]}
              onBlur={(event) => put(one.id, event.target.value.trim())}
              onPressEnter={(event) => put(one.id, event.currentTarget.value.trim())}
            />
            {one.hint && (
              <span className="aux">{one.hint[lang].replace(/[，,、]?\s*(?:如|such as) --set \S+/i, '')}</span>
            )}
          </div>
        ))}
      </div>
    </section>
  )
}
