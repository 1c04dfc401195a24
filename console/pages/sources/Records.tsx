import { useTranslation } from 'react-i18next'
import type { ImportPreview } from '../../../src/http/shapes.ts'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { targetWords } from './targets.ts'

type Row = ImportPreview['records'][number]

/** What a record says first, and when it happened. */
function gist({ kind, record }: Row): { text: string; at: unknown } {
  const text = (key: string) => (record[key] === undefined ? '' : String(record[key]))
  if (kind === 'voices') return { text: text('text'), at: record.at }
  if (kind === 'events') return { text: text('name'), at: record.at }
  if (kind === 'orders') return { text: text('id'), at: record.orderedAt }
  return { text: text('title'), at: undefined }
}

const told = new Set([
  'id',
  'text',
  'at',
  'orderedAt',
  'name',
  'title',
  'kind',
  'speaker',
  'zone',
  'lines',
  'ratingMin',
  'ratingMax',
])

function Details({ of }: { of: Row }) {
  const { t } = useTranslation()
  const names = useNames()
  const { kind, record } = of
  const prefix = { voices: 'voice', events: 'event', orders: 'order', products: 'product' }[kind]
  const inner = (value: unknown) => (typeof value === 'object' && value !== null ? Object.entries(value) : [])
  const facts = Object.entries(record)
    .filter(([key, value]) => !told.has(key) && typeof value !== 'object')
    .map(([key, value]) => `${targetWords(`${prefix}.${key}`, t)} ${String(value)}`)
  const further = [...inner(record.facts), ...inner(record.props)].map(([key, value]) => `${key} ${String(value)}`)
  const who =
    kind === 'voices'
      ? [names.kind(String(record.kind)), names.speaker(String(record.speaker))]
      : [t(`bring.kind.${kind}`)]
  return <span className="aux num">{[...who, ...facts, ...further.slice(0, 6)].join(' · ')}</span>
}

/** The first records as they would be kept. */
export function Records({ of }: { of: readonly Row[] }) {
  const { t } = useTranslation()
  const { exactMoment } = useFormat()
  return (
    <section className="part">
      <h3>{t('bring.records', { n: of.length })}</h3>
      <div className="scroll">
        <table className="plain records">
          <thead>
            <tr>
              <th scope="col" className="to-right">
                {t('bring.line')}
              </th>
              <th scope="col">{t('bring.record')}</th>
              <th scope="col">{t('bring.time')}</th>
            </tr>
          </thead>
          <tbody>
            {of.map((row, place) => {
              const { text, at } = gist(row)
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: one line may hold several records, and the list is never reordered
                <tr key={place}>
                  <td className="to-right num aux">{count(row.line)}</td>
                  <td>
                    {text !== '' && <p className="said">{text.slice(0, 240)}</p>}
                    <Details of={row} />
                  </td>
                  <td className="num when">{typeof at === 'number' ? exactMoment(at) : ''}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** What would not become a record: refused by line, skipped by reason. */
export function NotKept({ of }: { of: ImportPreview }) {
  const { t } = useTranslation()
  const { lang } = useFormat()
  return (
    <>
      {of.refused.length > 0 && (
        <section className="part">
          <h3 className="bad">
            {t('bring.refusedTitle')} <span className="aux num">{count(of.refusedCount)}</span>
          </h3>
          <ul className="dense reasons">
            {of.refused.map(({ line, field, reason, told }) => (
              <li key={`${line} ${field} ${reason}`}>
                <span className="aux num">{t('bring.atLine', { n: count(line) })}</span> {field && <code>{field}</code>}{' '}
                {told.words[lang]}
              </li>
            ))}
          </ul>
        </section>
      )}
      {of.skipped.length > 0 && (
        <section className="part">
          <h3>
            {t('bring.skippedTitle')} <span className="aux num">{count(of.skippedCount)}</span>
          </h3>
          <ul className="dense reasons">
            {of.skipped.map(({ reason, told, n, firstLine }) => (
              <li key={reason}>
                {told.words[lang]}{' '}
                <span className="aux num">{`${count(n)} · ${t('bring.firstLine', { n: count(firstLine) })}`}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
