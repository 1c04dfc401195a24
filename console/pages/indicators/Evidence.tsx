import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IndicatorEvidence } from '../../../src/http/shapes.ts'
import { call } from '../../api/client.ts'
import { Sheet } from '../../parts/Sheet.tsx'
import { Answer } from '../../parts/states.tsx'
import { Go } from '../../shell/Go.tsx'
import { useFormat, useNames, useSlice } from '../../shell/surroundings.tsx'
import { count, levelText, type Unit } from '../../words/format.ts'
import { useFunnelWords } from '../live/names.ts'
import './evidence.css'

type Side = 'all' | 'up' | 'down' | 'neither'
/** Of a share nothing is counted against. */
const sidesOf: Partial<Record<Unit, readonly Side[]>> = {
  share: ['all', 'up', 'neither'],
  points: ['all', 'up', 'down', 'neither'],
}
const PAGE = '30'

type Row = IndicatorEvidence['rows'][number]

/** What is asked for: the address of the records, what else it is asked, and how the figure is read. */
export interface EvidenceOf {
  path: string
  ask?: Record<string, string>
  name: string
  unit: Unit
}

function useEvidence({ path, ask }: EvidenceOf, side: Side) {
  const search = { ...useSlice(), ...ask, limit: PAGE, ...(side === 'all' ? {} : { side }) }
  return useInfiniteQuery({
    queryKey: ['indicators', search.tenant, path, search],
    queryFn: ({ pageParam, signal }) => call<IndicatorEvidence>(path, { ...search, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: IndicatorEvidence) => last.next ?? undefined,
  })
}

/** One record behind the figure: what it is, when, and how it is counted. An order leads to what was said about it. */
function Record({ of, unit }: { of: Row; unit: Unit }) {
  const { t } = useTranslation()
  const { moment, lang } = useFormat()
  const { product, category, city } = useNames()
  const { event, value } = useFunnelWords()
  const about = [
    of.productId && product(of.productId),
    of.category && category(of.category),
    of.city && city(of.city),
    of.channel && value('channel', of.channel),
  ]
  return (
    <li>
      <p>
        {of.table === 'voices' || of.table === 'mentions' ? (
          <q>{of.said || t('indicators.noWords')}</q>
        ) : (
          <b>
            {of.table === 'orders' ? (
              <Go to="/voices" ask={{ order: of.orderId || of.id }}>
                {t('indicators.record_orders', { id: of.id })}
              </Go>
            ) : (
              t('indicators.record_events', { what: event(of.said), id: of.id })
            )}
          </b>
        )}
      </p>
      <p className="aux num">
        {moment(of.at)} · {about.filter(Boolean).join(' · ')}
        {of.orderId && of.table !== 'orders' && (
          <>
            {' · '}
            <Go to="/voices" ask={{ order: of.orderId }}>
              {t('indicators.ofOrder', { id: of.orderId })}
            </Go>
          </>
        )}
      </p>
      <p className="aux">{of.value === null ? t(`indicators.counts_${of.counts}`) : levelText(of.value, unit, lang)}</p>
    </li>
  )
}

function Records({ unit, side, of }: { unit: Unit; side: Side; of: ReturnType<typeof useEvidence> }) {
  const { t } = useTranslation()
  return (
    <Answer of={of} what={t('indicators.evidence')} cards={[6]}>
      {(data) => {
        const rows = data.pages.flatMap((page) => page.rows)
        if (rows.length === 0) return <p className="soft">{t('indicators.noRecords')}</p>
        return (
          <>
            <p className="aux num">{t('indicators.records', { n: count(data.pages[0]!.total) })}</p>
            <ul className="evidence-rows" aria-label={t(`indicators.side_${side}`)}>
              {rows.map((row) => (
                <Record key={`${row.table} ${row.id} ${row.at} ${row.said}`} of={row} unit={unit} />
              ))}
            </ul>
            {of.hasNextPage && (
              <Button loading={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
                {t('indicators.moreRecords')}
              </Button>
            )}
          </>
        )
      }}
    </Answer>
  )
}

/** The records behind a figure, as they were counted. */
export function Evidence({ of, open, close }: { of: EvidenceOf; open: boolean; close: () => void }) {
  const { t } = useTranslation()
  return (
    <Sheet title={t('indicators.evidenceOf', { name: of.name })} open={open} close={close}>
      <Body of={of} />
    </Sheet>
  )
}

function Body({ of }: { of: EvidenceOf }) {
  const { t } = useTranslation()
  const [side, choose] = useState<Side>('all')
  const evidence = useEvidence(of, side)
  const { unit } = of
  const sides = sidesOf[unit]
  return (
    <div className="stack">
      {sides && (
        <Segmented<Side>
          size="small"
          value={side}
          aria-label={t('indicators.evidence')}
          onChange={choose}
          options={sides.map((value) => ({ value, label: t(`indicators.side_${value}`) }))}
        />
      )}
      <Records unit={unit} side={side} of={evidence} />
    </div>
  )
}
