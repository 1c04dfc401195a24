import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useOwnIndicators, useOwnParts } from '../../../api/indicators.ts'
import { Answer, EmptyTenant, Message } from '../../../parts/states.tsx'
import { Page } from '../../../shell/Page.tsx'
import { useAddress, useSurroundings } from '../../../shell/surroundings.tsx'
import { Builder } from './Builder.tsx'
import './build.css'
import { draftOf, emptyDraft, readDraft } from './draft.ts'

/** An indicator of one's own is put together, looked at while it grows, and kept. */
export default function BuildPage() {
  const { t } = useTranslation()
  const { id } = useParams({ strict: false }) as { id?: string }
  const { tenant } = useSurroundings()
  const address = useAddress()
  const parts = useOwnParts(tenant.id)
  const own = useOwnIndicators(tenant.id)
  const both = {
    ...parts,
    error: parts.error ?? own.error,
    isPending: parts.isPending || own.isPending,
    data: parts.data && own.data ? { parts: parts.data, own: own.data.own } : undefined,
  }
  const title = t(id ? 'own.edit' : 'own.new')
  return (
    <Page title={title} crumb={{ to: '/indicators', label: t('indicators.title') }}>
      {tenant.extent ? (
        <Answer of={both} what={title} cards={[8, 4]}>
          {(data) => {
            const kept = data.own.find((one) => one.id === id)
            if (id && !kept)
              return (
                <div className="card">
                  <Message picture="lost" title={t('own.gone')} help={t('own.goneHelp')} />
                </div>
              )
            const initial = readDraft(address.draft) ?? (kept ? draftOf(kept.definition) : emptyDraft)
            return <Builder key={id ?? 'new'} parts={data.parts} id={id} initial={initial} />
          }}
        </Answer>
      ) : (
        <EmptyTenant />
      )}
    </Page>
  )
}
