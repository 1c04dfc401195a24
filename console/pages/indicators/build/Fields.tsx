import { Button, Input, Radio, Select } from 'antd'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { OwnParts } from '../../../../src/http/shapes.ts'
import { Card } from '../../../parts/Card.tsx'
import { useFormat } from '../../../shell/surroundings.tsx'
import { Conditions } from './Conditions.tsx'
import {
  changedTable,
  type Draft,
  type Example,
  examples,
  type How,
  hows,
  type PartsTable,
  type Table,
  type Trouble,
} from './draft.ts'

export interface Editing {
  draft: Draft
  table: PartsTable
  parts: OwnParts
  troubles: ReadonlyMap<string, Trouble>
  tried: boolean
  change: (part: Partial<Draft>) => void
}

/** What is missing at a control, beside it; in grey until somebody tried to save. */
function Missing({ id, trouble, tried }: { id: string; trouble: Trouble | undefined; tried: boolean }) {
  const { t } = useTranslation()
  if (!trouble) return null
  return (
    <p id={id} className={tried ? 'trouble dense bad' : 'trouble aux'} role={tried ? 'alert' : undefined}>
      {t(`own.trouble.${trouble}`)}
    </p>
  )
}

/** Examples to begin from: nobody has to begin with an empty page. */
export function Start({ change, draft }: Editing) {
  const { t } = useTranslation()
  const { zh, en } = draft
  return (
    <p className="row wrap own-start">
      <span className="aux">{t('own.examples')}</span>
      {(Object.keys(examples) as Example[]).map((one) => (
        <Button key={one} size="small" onClick={() => change({ ...(examples[one] as Draft), zh, en })}>
          {t(`own.example.${one}`)}
        </Button>
      ))}
    </p>
  )
}

/** What is counted, and which of it. */
export function Which({ draft, table, parts, troubles, tried, change }: Editing) {
  const { t } = useTranslation()
  const { lang } = useFormat()
  return (
    <Card title={t('own.which')} help={t('own.whichHelp')}>
      <Radio.Group
        className="own-tables"
        value={draft.table}
        aria-label={t('own.which')}
        onChange={(event) => change(changedTable(draft, event.target.value as Table))}
      >
        {parts.tables.map((one) => (
          <Radio key={one.id} value={one.id}>
            <span className="table-name">{one[lang]}</span>{' '}
            <span className="aux">{lang === 'zh' ? one.caseZh : one.caseEn}</span>
          </Radio>
        ))}
      </Radio.Group>
      <h3 className="dense">{t('own.only')}</h3>
      <Conditions
        list={draft.where}
        name="where"
        table={table}
        troubles={troubles}
        tried={tried}
        change={(where) => change({ where })}
      />
    </Card>
  )
}

const percents = [75, 90, 95, 99] as const

function Of({ draft, table, troubles, tried, change }: Editing) {
  const { t } = useTranslation()
  const { lang } = useFormat()
  const id = useId()
  const trouble = troubles.get('number')
  return (
    <div className="own-number">
      <Select
        value={draft.number || undefined}
        status={tried && trouble ? 'error' : undefined}
        aria-label={t('own.number')}
        aria-describedby={trouble && id}
        placeholder={t('own.pickNumber')}
        options={table.numbers.map((one) => ({ value: one.id, label: one[lang] }))}
        onChange={(number: string) => change({ number })}
      />
      {draft.how === 'percentile' && (
        <Select
          value={draft.at}
          aria-label={t('own.percent')}
          options={[...new Set([...percents, draft.at])].map((at) => ({
            value: at,
            label: t('own.within', { n: at }),
          }))}
          onChange={(at: number) => change({ at })}
        />
      )}
      <Missing id={id} trouble={trouble} tried={tried} />
    </div>
  )
}

/** What is worked out of it. */
export function Measured(editing: Editing) {
  const { t } = useTranslation()
  const { draft, table, troubles, tried, change } = editing
  return (
    <Card title={t('own.how')} help={t(`own.howHelp.${draft.how}`)}>
      <Radio.Group
        value={draft.how}
        aria-label={t('own.how')}
        optionType="button"
        className="own-hows"
        onChange={(event) => change({ how: event.target.value as How })}
        options={hows.map((value) => ({ value, label: t(`own.hows.${value}`) }))}
      />
      {draft.how === 'share' ? (
        <>
          <h3 className="dense">{t('own.counted')}</h3>
          <Conditions
            list={draft.share}
            name="share"
            table={table}
            troubles={troubles}
            tried={tried}
            change={(share) => change({ share })}
          />
        </>
      ) : (
        <Of {...editing} />
      )}
    </Card>
  )
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className="own-labelled">
      <span className="aux">{label}</span>
      {children}
    </label>
  )
}

/** What it is called, and which way is good. */
export function Named({ draft, troubles, tried, change }: Editing) {
  const { t } = useTranslation()
  const id = useId()
  const trouble = troubles.get('name')
  const status = tried && trouble ? 'error' : undefined
  return (
    <Card title={t('own.name')} help={t('own.nameHelp')}>
      <div className="own-names">
        <Labelled label={t('own.nameZh')}>
          <Input
            value={draft.zh}
            maxLength={40}
            status={status}
            aria-describedby={trouble && id}
            onChange={(event) => change({ zh: event.target.value })}
          />
        </Labelled>
        <Labelled label={t('own.nameEn')}>
          <Input
            value={draft.en}
            maxLength={60}
            status={status}
            aria-describedby={trouble && id}
            onChange={(event) => change({ en: event.target.value })}
          />
        </Labelled>
      </div>
      <Missing id={id} trouble={trouble} tried={tried} />
      <Radio.Group
        value={draft.higherIsBetter}
        aria-label={t('own.direction')}
        onChange={(event) => change({ higherIsBetter: event.target.value as boolean })}
        options={[
          { value: false, label: t('own.lowerIsBetter') },
          { value: true, label: t('own.higherIsBetter') },
        ]}
      />
    </Card>
  )
}
