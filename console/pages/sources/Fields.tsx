import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { targetWords } from './targets.ts'

const SHOWN = 12

/** The first of a long list, and the rest when asked. */
function useShown<T>(all: readonly T[]) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const more = all.length > SHOWN && !open && (
    <Button type="link" size="small" className="more-fields" onClick={() => setOpen(true)}>
      {t('sources.all', { n: count(all.length) })}
    </Button>
  )
  return { shown: open ? all : all.slice(0, SHOWN), more }
}

/** Names of fields, as the file writes them. */
export function Names({ of }: { of: readonly string[] }) {
  return (
    <span className="code-names">
      {[...new Set(of)].map((name) => (
        <code key={name}>{name}</code>
      ))}
    </span>
  )
}

/** Fields that become the same stand together. */
export function Mapping({ of }: { of: readonly { from: string; to: string }[] }) {
  const { t } = useTranslation()
  const { shown, more } = useShown([...Map.groupBy(of, ({ to }) => targetWords(to, t))])
  return (
    <>
      <table className="plain fields-table">
        <thead>
          <tr>
            <th scope="col">{t('sources.from')}</th>
            <th scope="col">{t('sources.to')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(([words, fields]) => (
            <tr key={words}>
              <td>
                <Names of={fields.map(({ from }) => from)} />
              </td>
              <td title={[...new Set(fields.map(({ to }) => to))].join(', ')}>{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more}
    </>
  )
}

export interface Left {
  from: string
  why: { zh: string; en: string } | null
}

/** Fields left out for one reason stand together. */
export function LeftOut({ of }: { of: readonly Left[] }) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const reasons = [...Map.groupBy(of, ({ why }) => why?.[lang] ?? '')]
  return (
    <table className="plain fields-table">
      <thead>
        <tr>
          <th scope="col">{t('sources.from')}</th>
          <th scope="col">{t('sources.why')}</th>
        </tr>
      </thead>
      <tbody>
        {reasons.map(([why, fields]) => (
          <tr key={why}>
            <td>
              <Names of={fields.map(({ from }) => from)} />
            </td>
            <td>{why}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
