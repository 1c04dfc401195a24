import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { LedgerRow, ReturnLedger } from '../../../../src/http/shapes.ts'
import { Card } from '../../../parts/Card.tsx'
import { Export } from '../../../parts/export/Export.tsx'
import { Message } from '../../../parts/states.tsx'
import { useFormat, useNames } from '../../../shell/surroundings.tsx'
import { count, levelText, signed } from '../../../words/format.ts'
import { FactorLink } from './factor.tsx'
import { useLedgerTable } from './numbers.ts'

type Part = Pick<LedgerRow, 'returns' | 'refund' | 'share'>

const percent = (share: number) => levelText(share, 'share')

/** Returns, money and share of one part of the ledger. */
function PartCells({ of, currency }: { of: Part; currency: string }) {
  const { t } = useTranslation()
  const { moneyText, moneyRange, range } = useFormat()
  return (
    <>
      <td data-label={t('drivers.returns')}>
        <b>{t('drivers.returnsUnit', { n: count(of.returns.value) })}</b>
        <span className="aux">{`${count(of.returns.low)}–${count(of.returns.high)}`}</span>
      </td>
      <td data-label={t('drivers.refund')}>
        <b>{moneyText(of.refund.value, currency)}</b>
        <span className="aux">{moneyRange(of.refund.low, of.refund.high, currency)}</span>
      </td>
      <td data-label={t('drivers.ofAll')}>
        <b>{percent(of.share.value)}</b>
        <span className="aux">{range(of.share.low, of.share.high, 'share')}</span>
      </td>
    </>
  )
}

function Row({ of, currency }: { of: LedgerRow; currency: string }) {
  const { t } = useTranslation()
  const { lang, range } = useFormat()
  const names = useNames()
  return (
    <tr>
      <th scope="row">
        <FactorLink of={of} />
        <span className="soft">{of.sentence[lang]}</span>
        {of.advice && (
          <span className="aux">{t('drivers.next', { owner: names.department(of.owner), what: of.advice[lang] })}</span>
        )}
      </th>
      <td data-label={t('drivers.rate')}>
        <b>{levelText(of.rate.value, 'share')}</b>
        <span className="aux">
          {of.rate.low !== null && of.rate.high !== null && range(of.rate.low, of.rate.high, 'share')}
          {' · '}
          {t('figure.n', { n: count(of.rate.n) })}
        </span>
      </td>
      <PartCells of={of} currency={currency} />
      <td data-label={t('drivers.npsHead')}>
        {of.nps ? (
          <>
            <b>{signed(of.nps.value, 'points')}</b>
            <span className="aux">{range(of.nps.low, of.nps.high, 'points')}</span>
          </>
        ) : (
          '—'
        )}
      </td>
    </tr>
  )
}

function Sum({ title, help, children }: { title: string; help: string; children: ReactNode }) {
  return (
    <tr>
      <th scope="row">
        <b>{title}</b>
        <span className="aux">{help}</span>
      </th>
      {children}
    </tr>
  )
}

/** How much of all refunds goes with findings: one bar, in words beside it. */
function Bar({ of }: { of: ReturnLedger }) {
  const { t } = useTranslation()
  const share = Math.min(1, Math.max(0, of.explained.share.value))
  return (
    <div className="ledger-bar">
      <span className="lane" aria-hidden="true">
        <i className="explained" style={{ width: `${share * 100}%` }} />
      </span>
      <p className="soft">{t('drivers.bar', { share: percent(share), rest: percent(1 - share) })}</p>
    </div>
  )
}

function Accounts({ of }: { of: ReturnLedger }) {
  const { t } = useTranslation()
  const { moneyText, range } = useFormat()
  const { rate } = of.total
  return (
    <>
      <Bar of={of} />
      <div className="scroll">
        <table className="weigh-figures num">
          <thead>
            <tr>
              <th scope="col">{t('drivers.factor')}</th>
              <th scope="col">{t('drivers.rate')}</th>
              <th scope="col">{t('drivers.returns')}</th>
              <th scope="col">{t('drivers.refund')}</th>
              <th scope="col">{t('drivers.ofAll')}</th>
              <th scope="col">{t('drivers.npsHead')}</th>
            </tr>
          </thead>
          <tbody>
            {of.rows.map((row) => (
              <Row key={row.id} of={row} currency={of.currency} />
            ))}
          </tbody>
          <tfoot>
            <Sum title={t('drivers.explained')} help={t('drivers.explainedHelp')}>
              <td className="void" />
              <PartCells of={of.explained} currency={of.currency} />
              <td className="void" />
            </Sum>
            <Sum title={t('drivers.unexplained')} help={t('drivers.unexplainedHelp')}>
              <td className="void" />
              <PartCells of={of.unexplained} currency={of.currency} />
              <td className="void" />
            </Sum>
            <Sum title={t('drivers.total')} help={t('drivers.totalHelp', { days: of.days, n: count(of.population) })}>
              <td data-label={t('drivers.rate')}>
                <b>{levelText(rate.value, 'share')}</b>
                <span className="aux">
                  {rate.low !== null && rate.high !== null && range(rate.low, rate.high, 'share')}
                </span>
              </td>
              <td data-label={t('drivers.returns')}>
                <b>{t('drivers.returnsUnit', { n: count(of.total.returns) })}</b>
              </td>
              <td data-label={t('drivers.refund')}>
                <b>{moneyText(of.total.refund, of.currency)}</b>
              </td>
              <td data-label={t('drivers.ofAll')}>
                <b>{percent(1)}</b>
              </td>
              <td className="void" />
            </Sum>
          </tfoot>
        </table>
      </div>
      {of.rows.length === 0 && <p className="soft">{t('drivers.ledgerNoRows')}</p>}
      {of.otherCurrencies > 0 && <p className="aux">{t('drivers.others', { n: count(of.otherCurrencies) })}</p>}
    </>
  )
}

/** Where the refunds lie: findings, what they come to together, and the rest. */
export function Ledger({ of }: { of: ReturnLedger | null }) {
  const { t } = useTranslation()
  const tableOf = useLedgerTable()
  return (
    <Card
      title={t('drivers.ledger')}
      help={t('drivers.ledgerHelp')}
      end={<Export what={t('drivers.ledger')} table={() => (of ? tableOf(of) : null)} />}
    >
      {of ? (
        <Accounts of={of} />
      ) : (
        <Message picture="horizon" title={t('drivers.ledgerNone')} help={t('drivers.ledgerNoneHelp')} />
      )}
    </Card>
  )
}
