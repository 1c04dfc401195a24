import { App, Button, Tooltip } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OwnParts } from '../../../../src/http/shapes.ts'
import { useKeepOwn, useOwnPreview } from '../../../api/indicators.ts'
import { validSearch } from '../../../api/search.ts'
import { useRefused, useWriteRefusal } from '../../../parts/rights.ts'
import { useAsking, useGo } from '../../../shell/Go.tsx'
import { useSurroundings } from '../../../shell/surroundings.tsx'
import { WatchedBy } from '../WatchedBy.tsx'
import { type Draft, definitionOf, type PartsTable, troublesOf } from './draft.ts'
import { Measured, Named, Start, Which } from './Fields.tsx'
import { Preview, PreviewLine } from './Preview.tsx'

const WAIT_MS = 450

/** A value once it has stood still for a moment. */
function useSettled<T>(value: T): T {
  const [settled, settle] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => settle(value), WAIT_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

/** The draft is a part of the address, so that a half-made indicator can be sent to somebody; written there when typing rests. */
function useInAddress(draft: Draft, initial: Draft): void {
  const ask = useAsking()
  const settled = useSettled(draft)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking is made anew at every step of the router
  useEffect(() => {
    if (settled !== initial)
      ask((search) => validSearch({ ...search, draft: JSON.stringify(settled) }), { replace: true })
  }, [settled])
}

const numbersOf = (table: PartsTable) => {
  const ids = new Set(table.numbers.map((one) => one.id))
  return (field: string) => ids.has(field)
}

interface BuilderProps {
  parts: OwnParts
  id: string | undefined
  initial: Draft
}

export function Builder({ parts, id, initial }: BuilderProps) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const [draft, setDraft] = useState(initial)
  const [tried, setTried] = useState(false)
  useInAddress(draft, initial)
  const table = parts.tables.find((one) => one.id === draft.table) ?? parts.tables[0]!
  const isNumber = useMemo(() => numbersOf(table), [table])
  const troubles = troublesOf(draft, isNumber)
  const whole = [...troubles.keys()].every((part) => part === 'name')
  // A name is no part of the figure: it is asked for without one.
  const counted = useSettled(
    whole
      ? JSON.stringify({ ...definitionOf(draft, isNumber), zh: '预览', en: 'Preview', higherIsBetter: true })
      : null,
  )
  const definition = useMemo(() => (counted === null ? null : JSON.parse(counted)), [counted])
  const preview = useOwnPreview(tenant.id, definition)
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))
  const editing = { draft, table, parts, troubles, tried, change }
  return (
    <div className="own-builder">
      <form className="stack" aria-label={t(id ? 'own.edit' : 'own.new')} onSubmit={(event) => event.preventDefault()}>
        {!id && <Start {...editing} />}
        <Which {...editing} />
        <Measured {...editing} />
        <Named {...editing} />
      </form>
      <aside className="stack">
        <Preview of={preview} whole={whole} higherIsBetter={draft.higherIsBetter} />
        <Keep
          id={id}
          definition={() => definitionOf(draft, isNumber)}
          ready={troubles.size === 0}
          tryIt={() => setTried(true)}
          line={<PreviewLine of={preview} whole={whole} />}
        />
      </aside>
    </div>
  )
}

interface KeepProps {
  id: string | undefined
  definition: () => ReturnType<typeof definitionOf>
  ready: boolean
  tryIt: () => void
  line: React.ReactNode
}

function Keep({ id, definition, ready, tryIt, line }: KeepProps) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const refusal = useWriteRefusal()
  const refused = useRefused()
  const keep = useKeepOwn(tenant.id)
  const go = useGo()
  const save = () => {
    tryIt()
    if (!ready) {
      // What is missing is said beside its field; the first one is brought into view and read out.
      requestAnimationFrame(() =>
        document.querySelector('.own-builder [role=alert]')?.scrollIntoView({ block: 'center', behavior: 'smooth' }),
      )
      return
    }
    keep.mutate(
      { id, definition: definition() },
      {
        onSuccess: (kept) => {
          void message.success(t('own.kept'))
          go({ to: `/indicators/${kept.id}` })
        },
      },
    )
  }
  return (
    <div className="keep">
      {line}
      {id && <WatchedBy id={id} />}
      <Tooltip title={refusal}>
        <Button type="primary" disabled={refusal !== null} loading={keep.isPending} onClick={save}>
          {t(id ? 'own.saveChange' : 'own.save')}
        </Button>
      </Tooltip>
      <Button onClick={() => go({ to: id ? `/indicators/${id}` : '/indicators' })}>{t('own.cancel')}</Button>
      {refusal && <p className="aux">{refusal}</p>}
      {keep.error && (
        <p className="dense bad" role="alert">
          {refused(keep.error, t('own.refused'))}
        </p>
      )}
    </div>
  )
}
