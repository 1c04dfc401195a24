import { CircleMinus, CirclePlus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FindingDetail, Quote as QuoteShape } from '../../../src/http/shapes.ts'
import type { Search } from '../../api/search.ts'
import { Card } from '../../parts/Card.tsx'
import { wordsOf } from '../../parts/factor.ts'
import { Quote } from '../../parts/Quote.tsx'
import { Go } from '../../shell/Go.tsx'
import { useFormat, useNames } from '../../shell/surroundings.tsx'

function Said({ of, outcome }: { of: QuoteShape; outcome: string }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const names = useNames()
  const known = outcome === 'return' || outcome === 'low_rating' ? outcome : 'other'
  const became = of.outcome === null ? '' : t(of.outcome ? `finding.had.${known}` : `finding.hadNot.${known}`)
  const facts = [names.kind(of.kind), became, moment(of.at), names.product(of.productId)]
  return (
    <li>
      <Quote of={of} around={60} />
      <p className="aux one-line">{facts.filter(Boolean).join(' · ')}</p>
    </li>
  )
}

function Quotes({ of, none, outcome }: { of: readonly QuoteShape[]; none: string; outcome: string }) {
  if (of.length === 0) return <p className="soft dense">{none}</p>
  return (
    <ul className="finding-quotes">
      {of.map((quote) => (
        <Said key={`${quote.voiceId}-${quote.start}`} of={quote} outcome={outcome} />
      ))}
    </ul>
  )
}

interface SideProps {
  title: string
  Icon: typeof CirclePlus
  quotes: readonly QuoteShape[]
  none: string
  ask: Search
  outcome: string
  /** What else stands on this side. */
  children?: ReactNode
}

function Side({ title, Icon, quotes, none, ask, outcome, children }: SideProps) {
  const { t } = useTranslation()
  return (
    <Card
      title={
        <span className="row">
          <Icon size={16} strokeWidth={1.75} color="var(--focus)" aria-hidden />
          {title}
        </span>
      }
      end={
        <Go to="/voices" ask={ask}>
          {t('finding.allVoices')}
        </Go>
      }
    >
      <Quotes of={quotes} none={none} outcome={outcome} />
      {children}
    </Card>
  )
}

/** What speaks for it and what against it, with equal width and weight. */
export function Evidence({ of }: { of: FindingDetail }) {
  const { t } = useTranslation()
  const common = { ...(of.category ? { category: [of.category] } : {}), ...of.period }
  const against: Search = of.aspect ? { ...common, aspect: [of.aspect], sentiment: ['positive'] } : common
  return (
    <div className="halves">
      <Side
        title={t('finding.evidence')}
        Icon={CirclePlus}
        quotes={of.quotes}
        none={t('finding.noEvidence')}
        ask={{ driver: of.id, ...of.period }}
        outcome={of.outcome}
      />
      <Side
        title={t('finding.counter')}
        Icon={CircleMinus}
        quotes={of.counterQuotes}
        none={t('finding.noCounter')}
        ask={against}
        outcome={of.outcome}
      >
        <h3 className="finding-beside">{t(`finding.${wordsOf(of)}.without`)}</h3>
        <Quotes of={of.withoutQuotes} none={t('drivers.withoutNone')} outcome={of.outcome} />
      </Side>
    </div>
  )
}
