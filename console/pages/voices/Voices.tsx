import { Filter } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useVoiceFacets, useVoices } from '../../api/queries.ts'
import { narrowing, voiceFilter } from '../../api/search.ts'
import { PeriodChip } from '../../parts/FilterBar.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { Answer, EmptyTenant } from '../../parts/states.tsx'
import { Page } from '../../shell/Page.tsx'
import { useAddress, useFormat, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { Facets } from './Facets.tsx'
import { Query } from './Query.tsx'
import { ReadingRail } from './ReadingRail.tsx'
import { VoiceList } from './VoiceList.tsx'
import './voices.css'
import './explorer.css'

/** On narrow screens the filters come up from below; the button says how many voices they leave. */
function FilterSheet({ total, children }: { total: number | undefined; children: ReactNode }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const narrowed = narrowing(useAddress()).length
  return (
    <>
      <button type="button" className="bare chip filter-button" onClick={() => setOpen(true)}>
        <Filter size={14} strokeWidth={1.75} aria-hidden />
        {t('filter.title')} {narrowed > 0 && narrowed}
      </button>
      <Sheet
        title={t('filter.title')}
        open={open}
        close={() => setOpen(false)}
        footer={
          <button type="button" className="bare sheet-done" onClick={() => setOpen(false)}>
            {t('filter.see', { n: total === undefined ? '…' : count(total) })}
          </button>
        }
      >
        {children}
      </Sheet>
    </>
  )
}

function Explorer() {
  const { t } = useTranslation()
  const { rough } = useFormat()
  const search = voiceFilter(useAddress())
  const voices = useVoices(search)
  const facets = useVoiceFacets(search)
  const head = voices.data?.pages[0]
  return (
    <div className="explorer-grid">
      <aside className="facets" aria-label={t('voices.facets')}>
        {facets.data && <Facets of={facets.data} />}
      </aside>
      <div className="middle">
        <Query />
        <div className="chips">
          <PeriodChip />
          <FilterSheet total={head?.total}>{facets.data && <Facets of={facets.data} />}</FilterSheet>
        </div>
        <Answer of={voices} what={t('voices.title')} cards={[3, 3, 3, 3]}>
          {(data) => (
            <>
              <p className="voices-count" aria-live="polite">
                <b className="num">{count(data.pages[0]?.total ?? 0)}</b>{' '}
                {t('voices.count', { count: data.pages[0]?.total ?? 0 })}
                {(data.pages[0]?.total ?? 0) > 0 && (
                  <span className="soft num">{t('voices.from', { customers: rough(data.pages[0]!.customers) })}</span>
                )}
                <span className="aux keys">{t('voices.keys')}</span>
              </p>
              {facets.data && facets.data.aspects.length > 0 && (
                <div className="reading-inline">
                  <ReadingRail of={facets.data} />
                </div>
              )}
              <VoiceList
                pages={data.pages}
                more={voices.hasNextPage ? () => void voices.fetchNextPage() : null}
                busy={voices.isFetchingNextPage}
              />
            </>
          )}
        </Answer>
      </div>
      <aside className="reading" aria-label={t('voices.say')}>
        {facets.data && <ReadingRail of={facets.data} />}
      </aside>
    </div>
  )
}

export default function Voices() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  return (
    <Page title={t('voices.title')} kind={tenant.extent ? 'explorer' : 'plain'}>
      {tenant.extent ? <Explorer /> : <EmptyTenant />}
    </Page>
  )
}
