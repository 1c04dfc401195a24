import { Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ImportResult, ListedImport } from '../../api/sources.ts'
import { Go } from '../../shell/Go.tsx'
import { useFormat, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { forgetImport, type Importing, stopImport } from './importing.ts'
import { remainingMs } from './pace.ts'
import { FileTrouble } from './trouble.tsx'

function Done({ of }: { of: ImportResult }) {
  const { t } = useTranslation()
  const { lang } = useFormat()
  return (
    <div className="done" role="status">
      <p>
        <b className="good">{t('bring.done', { kept: count(of.kept) })}</b>
        {of.dead + of.skipped > 0 && (
          <span className="soft"> · {t('bring.doneRest', { dead: count(of.dead), skipped: count(of.skipped) })}</span>
        )}
      </p>
      {of.resumedAfter > 0 && (
        <p className="soft dense">{t('bring.doneResumed', { rows: count(of.rows), before: count(of.resumedAfter) })}</p>
      )}
      {of.reasons.length > 0 && (
        <ul className="dense reasons">
          {of.reasons.map(({ n, field, reason, told, firstLine }) => (
            <li key={`${field} ${reason}`}>
              {field && <code>{field}</code>} {told.words[lang]}{' '}
              <span className="aux num">{`${count(n)} · ${t('bring.firstLine', { n: count(firstLine) })}`}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="row wrap">
        {of.byKind.voices > 0 && (
          <Go to="/voices" className="primary-link">
            {t('bring.toVoices')}
          </Go>
        )}
        {of.dead > 0 && <Go to="/settings">{t('bring.toDead')}</Go>}
      </p>
    </div>
  )
}

const shareOf = ({ bytes, size }: ListedImport) => (size ? Math.min(100, Math.floor((bytes / size) * 100)) : 0)

/** How far it is: rows, what was kept, and how long the rest will take. */
function HowFar({ of, samples }: { of: ListedImport | undefined; samples: Importing['samples'] }) {
  const { t } = useTranslation()
  if (!of) return t('bring.begins')
  if (of.rows < of.safeRows) return t('bring.passing', { rows: count(of.rows), before: count(of.safeRows) })
  const rest = remainingMs(samples, of.size ?? 0)
  const sent = t('bring.sent', { rows: count(of.rows), kept: count(of.kept), dead: count(of.dead) })
  if (rest === null) return sent
  const minutes = Math.ceil(rest / 60_000)
  const left =
    minutes <= 1
      ? t('bring.nearlyThere')
      : minutes < 120
        ? t('bring.minutesLeft', { n: count(minutes) })
        : t('bring.hoursLeft', { n: count(minutes / 60) })
  return `${sent} · ${left}`
}

function Going({ of, stop }: { of: Importing; stop: () => void }) {
  const { t } = useTranslation()
  const waiting = of.state === 'waiting'
  return (
    <div className="going" role="status" aria-label={t('bring.sending')}>
      <Progress percent={of.seen ? shareOf(of.seen) : 0} size="small" status={waiting ? 'normal' : 'active'} />
      <p className="row wrap spread">
        <span className={waiting ? 'bad' : 'aux num'}>
          {waiting ? t('bring.waiting') : <HowFar of={of.seen} samples={of.samples} />}
        </span>
        <Button size="small" onClick={stop}>
          {t('bring.stop')}
        </Button>
      </p>
      {!waiting && <p className="aux">{t('bring.keepOpen')}</p>}
    </div>
  )
}

/** The import of a file: on its way with a bar, waiting for the server, ended. */
export function ImportRun({ of }: { of: Importing }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const isActive = of.state === 'sending' || of.state === 'waiting'
  return (
    <div className="run">
      <div className="row wrap spread">
        <b className="file-name">{of.file.name}</b>
        {!isActive && (
          <Button size="small" onClick={() => forgetImport(tenant.id)}>
            {t(of.state === 'ended' ? 'bring.next' : 'bring.back')}
          </Button>
        )}
      </div>
      {isActive && <Going of={of} stop={() => stopImport(tenant.id)} />}
      {of.result && <Done of={of.result} />}
      {of.state === 'stopped' && <p className="soft">{t('bring.stopped')}</p>}
      {of.state === 'failed' && <FileTrouble of={of.error} />}
    </div>
  )
}

/** Imports that were broken off, or that another tab or the command line sends. */
export function Unfinished({ of }: { of: readonly ListedImport[] }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  return (
    <ul className="dense unfinished">
      {of.map((one) => (
        <li key={one.id}>
          <b className="file-name">{one.file}</b>{' '}
          <span className="soft">
            {one.state === 'running'
              ? t('bring.elsewhere', { rows: count(one.rows), share: shareOf(one) })
              : t('bring.brokenOff', { when: moment(one.startedAt), rows: count(one.safeRows), share: shareOf(one) })}
          </span>
        </li>
      ))}
    </ul>
  )
}
