import { App, Button, Input } from 'antd'
import { Plus, X } from 'lucide-react'
import { useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { PromotionCalendar } from '../../../src/http/shapes.ts'
import { usePromotions, useSavePromotions, type WrittenPromotion } from '../../api/promotions.ts'
import { Card } from '../../parts/Card.tsx'
import { useKept, WritingBack } from '../../parts/Kept.tsx'
import { useRefused, useWriteRefusal } from '../../parts/rights.ts'
import { Answer } from '../../parts/states.tsx'
import { useSurroundings } from '../../shell/surroundings.tsx'
import { isBlank, isComputed, promotionTrouble, whole, writtenDay } from './promotion-trouble.ts'

const MOST = 60
const fields = ['zh', 'en', 'from', 'to'] as const

interface RowProps {
  of: WrittenPromotion
  /** When it is next, as the calendar is kept; told of days that nobody reads off. */
  next: { from: string; to: string } | undefined
  locked: boolean
  change: (of: WrittenPromotion) => void
  remove: () => void
}

function Row({ of, next, locked, change, remove }: RowProps) {
  const { t } = useTranslation()
  const id = useId()
  const blank = isBlank(of)
  const trouble = blank ? null : promotionTrouble(of)
  const wrong = (field: (typeof fields)[number]) =>
    trouble === 'name' ? field === 'zh' : trouble !== null && (field === 'from' || field === 'to')
  return (
    <li>
      {fields.map((field) => (
        <Input
          key={field}
          size="small"
          // A row that was just added is gone on with.
          autoFocus={blank && field === 'zh'}
          value={of[field]}
          disabled={locked}
          maxLength={field === 'zh' ? 40 : field === 'en' ? 60 : 12}
          status={wrong(field) ? 'error' : undefined}
          aria-label={t(`calendar.${field}`)}
          aria-invalid={wrong(field)}
          aria-describedby={trouble ? id : undefined}
          placeholder={field === 'from' || field === 'to' ? t('calendar.dayHint') : t(`calendar.${field}`)}
          onChange={(event) => change({ ...of, [field]: event.target.value })}
        />
      ))}
      <Button
        size="small"
        type="text"
        disabled={locked}
        aria-label={t('calendar.remove', { name: of.zh || of.en })}
        icon={<X size={14} strokeWidth={1.75} aria-hidden />}
        onClick={remove}
      />
      {next && !trouble && (
        <p className="aux">
          {next.from === next.to ? t('calendar.nextDay', { day: next.from }) : t('calendar.nextDays', next)}
        </p>
      )}
      {trouble && (
        <p id={id} className="dense bad" role="alert">
          {t(`calendar.trouble.${trouble}`)}
        </p>
      )}
    </li>
  )
}

function Calendar({ of, locked }: { of: PromotionCalendar; locked: boolean }) {
  const { t } = useTranslation()
  const { tenant, lang } = useSurroundings()
  const { message } = App.useApp()
  const refused = useRefused()
  const written = (promotions: PromotionCalendar['promotions']): WrittenPromotion[] =>
    promotions.map((one) => ({ ...one, from: writtenDay(one.from, lang), to: writtenDay(one.to, lang) }))
  const writing = useKept(`calendar ${lang}`, written(of.promotions))
  const { value: rows, set: setRows } = writing
  const filled = rows.filter((one) => !isBlank(one))
  /** Of days that were changed and not kept yet nothing is known. */
  const nextOf = ({ id, from, to }: WrittenPromotion) => {
    const kept = of.promotions.find((one) => one.id === id)
    const asKept = kept && writtenDay(kept.from, lang) === from && writtenDay(kept.to, lang) === to
    return asKept && isComputed(from) ? of.next.find((one) => one.id === id) : undefined
  }
  const add = useRef<HTMLButtonElement>(null)
  const save = useSavePromotions(tenant.id)
  const send = (promotions: WrittenPromotion[] | null) =>
    save.mutate(promotions, {
      onSuccess: (kept) => {
        writing.settle(written(kept.promotions))
        void message.success(t('calendar.saved'))
      },
      onError: (error) => void message.error(refused(error, t('calendar.refused'))),
    })
  return (
    <div className="stack promotions">
      <WritingBack of={writing} />
      {of.usual && <p className="aux">{t('calendar.usual')}</p>}
      <div className="promotion-head aux" aria-hidden="true">
        {fields.map((field) => (
          <span key={field}>{t(`calendar.${field}`)}</span>
        ))}
      </div>
      <ul aria-label={t('calendar.title')}>
        {rows.map((one, place) => (
          <Row
            key={one.id ?? `new ${place}`}
            of={one}
            next={one.id ? nextOf(one) : undefined}
            locked={locked}
            change={(next) => setRows(rows.map((old, at) => (at === place ? next : old)))}
            remove={() => {
              setRows(rows.filter((_, at) => at !== place))
              // The button that was pressed is gone: whoever has no mouse goes on from here.
              add.current?.focus()
            }}
          />
        ))}
      </ul>
      <p className="aux">{t('calendar.order')}</p>
      {!locked && (
        <p className="row wrap">
          <Button
            ref={add}
            size="small"
            disabled={rows.length >= MOST}
            icon={<Plus size={14} strokeWidth={1.75} aria-hidden />}
            onClick={() => setRows([...rows, { zh: '', en: '', from: '', to: '' }])}
          >
            {t('calendar.add')}
          </Button>
          <Button
            size="small"
            type="primary"
            loading={save.isPending}
            disabled={filled.some((one) => promotionTrouble(one) !== null)}
            onClick={() => send(filled.map(whole))}
          >
            {t('calendar.save')}
          </Button>
          {!of.usual && (
            <Button size="small" disabled={save.isPending} onClick={() => send(null)}>
              {t('calendar.reset')}
            </Button>
          )}
        </p>
      )}
    </div>
  )
}

/** The shop's own promotion days and holidays. */
export function Promotions() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const refusal = useWriteRefusal()
  const calendar = usePromotions(tenant.id)
  return (
    <Card title={t('calendar.title')} help={t('calendar.help')}>
      {refusal && <p className="aux">{refusal}</p>}
      <Answer of={calendar} what={t('calendar.title')} cards={[4]}>
        {(data) => <Calendar key={tenant.id} of={data} locked={refusal !== null} />}
      </Answer>
    </Card>
  )
}
