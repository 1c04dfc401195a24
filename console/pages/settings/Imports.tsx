import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../src/http/shapes.ts'
import { Card } from '../../parts/Card.tsx'
import { useFormat, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'

export function Imports({ of }: { of: Settings }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { tenant } = useSurroundings()
  return (
    <Card
      title={t('settings.imports')}
      help={of.inboxWaiting > 0 ? t('settings.waiting', { n: count(of.inboxWaiting) }) : undefined}
    >
      <div className="part">
        <div>
          <p className="aux">{t('settings.addDataHelp')}</p>
          <pre className="command">
            ./daystar import reviews-csv reviews.csv --tenant {tenant.simulated ? 'main' : tenant.id}
          </pre>
        </div>
        {of.imports.length === 0 ? (
          <p className="soft dense">{t('settings.noImports')}</p>
        ) : (
          <div className="scroll">
            <table className="plain num">
              <thead>
                <tr>
                  <th scope="col">{t('settings.file')}</th>
                  <th scope="col">{t('settings.source')}</th>
                  <th scope="col">{t('settings.started')}</th>
                  <th scope="col" className="to-right">
                    {t('settings.rows')}
                  </th>
                  <th scope="col" className="to-right">
                    {t('settings.kept')}
                  </th>
                  <th scope="col" className="to-right">
                    {t('settings.deadRows')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {of.imports.map((one) => (
                  <tr key={one.id}>
                    <td>{one.file}</td>
                    <td>{one.source}</td>
                    <td>
                      {moment(one.startedAt)}{' '}
                      {one.state === 'running' && <span className="pill now">{t('settings.running')}</span>}
                      {one.state === 'broken_off' && <span className="pill ill">{t('settings.brokenOff')}</span>}
                    </td>
                    <td className="to-right">{count(one.rows)}</td>
                    <td className="to-right">{count(one.kept)}</td>
                    <td className={one.dead > 0 ? 'to-right bad' : 'to-right'}>{count(one.dead)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
    </Card>
  )
}
