import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Funnel, Reached } from '../../../src/http/shapes.ts'
import { call } from '../../api/client.ts'
import { Sheet } from '../../parts/Sheet.tsx'
import { Answer } from '../../parts/states.tsx'
import { useOpened } from '../../shell/opened.ts'
import { useFormat, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import '../indicators/evidence.css'
import { useFunnelWords, useSeconds } from './names.ts'

const sides = ['all', 'up', 'neither'] as const
type Side = (typeof sides)[number]
const PAGE = '30'

/** Where the counts come from, and what else it was asked. */
export interface CountedBy {
  path: '/live/reached' | '/funnels/reached'
  ask: Record<string, string | string[] | undefined>
}

function useReached({ path, ask }: CountedBy, step: number, side: Side) {
  const { tenant } = useSurroundings()
  const search = { tenant: tenant.id, ...ask, step: String(step), side, limit: PAGE }
  return useInfiniteQuery({
    queryKey: [path === '/live/reached' ? 'live' : 'funnels', tenant.id, 'reached', search],
    queryFn: ({ pageParam, signal }) => call<Reached>(path, { ...search, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Reached) => last.next ?? undefined,
  })
}

/** One session or customer: when each step was reached. */
function Walk({ of, funnel, step }: { of: Reached['rows'][number]; funnel: Funnel; step: number }) {
  const { t } = useTranslation()
  const { exactMoment } = useFormat()
  const { step: nameOf } = useFunnelWords()
  const seconds = useSeconds()
  const steps = of.times.map((time, i) => {
    const name = nameOf(funnel.steps[i]!)
    return i === 0 ? name : t('funnel.reachedList.after', { step: name, time: seconds((time - of.times[0]!) / 1000) })
  })
  return (
    <li>
      <p>
        <b>{t(`funnel.reachedList.${funnel.unit}`, { id: of.unit })}</b>
      </p>
      <p className="aux num">
        {exactMoment(of.at)} · {steps.join(' → ')}
      </p>
      {step < funnel.steps.length - 1 && (
        <p className="aux">{t(of.wentOn ? 'funnel.reachedList.went' : 'funnel.reachedList.stopped')}</p>
      )}
    </li>
  )
}

function Body({ by, funnel, step }: { by: CountedBy; funnel: Funnel; step: number }) {
  const { t } = useTranslation()
  const [side, choose] = useState<Side>('all')
  const found = useReached(by, step, side)
  return (
    <div className="stack">
      {step < funnel.steps.length - 1 && (
        <Segmented<Side>
          size="small"
          value={side}
          aria-label={t('funnel.reachedList.sides')}
          onChange={choose}
          options={sides.map((value) => ({ value, label: t(`funnel.reachedList.side.${value}`) }))}
        />
      )}
      <Answer of={found} what={t('indicators.evidence')} cards={[6]}>
        {(data) => (
          <>
            <p className="aux num">{t('indicators.records', { n: count(data.pages[0]!.total) })}</p>
            <ul className="evidence-rows">
              {data.pages
                .flatMap(({ rows }) => rows)
                .map((row) => (
                  <Walk key={`${row.unit} ${row.at}`} of={row} funnel={funnel} step={step} />
                ))}
            </ul>
            {found.hasNextPage && (
              <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
                {t('indicators.moreRecords')}
              </Button>
            )}
          </>
        )}
      </Answer>
    </div>
  )
}

/** Who reached a step: as many as its count says. Which step it is stands in the address. */
export function ReachedSheet({ by, funnel }: { by: CountedBy; funnel: Funnel }) {
  const { t } = useTranslation()
  const sheet = useOpened('focus')
  const { step: nameOf } = useFunnelWords()
  const asked = sheet.opened?.startsWith(REACHED) ? Number(sheet.opened.slice(REACHED.length)) : -1
  const step = Number.isInteger(asked) && asked >= 0 && asked < funnel.steps.length ? asked : -1
  return (
    <Sheet
      title={step < 0 ? '' : t('funnel.reachedList.title', { step: nameOf(funnel.steps[step]!) })}
      open={step >= 0}
      close={sheet.close}
    >
      <Body by={by} funnel={funnel} step={step} />
    </Sheet>
  )
}

const REACHED = 'reached-'

/** The count of a step, which opens those behind it. */
export function ReachedCount({ step, name, text }: { step: number; name: string; text: string }) {
  const { t } = useTranslation()
  const sheet = useOpened('focus')
  return (
    <button
      type="button"
      className="bare num link-like"
      aria-label={t('funnel.reachedList.open', { step: name, n: text })}
      onClick={() => sheet.open(`${REACHED}${step}`)}
    >
      <b>{text}</b>
    </button>
  )
}
