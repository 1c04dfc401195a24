import { Button, Progress } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../../api/queries.ts'
import { type FileOptions, type ImportProgress, type ImportResult, importFile } from '../../api/sources.ts'
import { Go } from '../../shell/Go.tsx'
import { useFormat, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { FileTrouble } from './trouble.tsx'

interface Running {
  progress: Partial<ImportProgress>
  result?: ImportResult
  error?: unknown
  stopped?: boolean
}

const TOUCHED = ['settings', 'voices', 'overview', 'catalogue']

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

/** The import of a file: asked for, on its way with a bar, ended. */
export function ImportRun({
  file,
  source,
  options,
  refused,
}: {
  file: File
  source: string
  options: FileOptions
  refused: boolean
}) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const [running, setRunning] = useState<Running>()
  const stop = useRef<() => void>(undefined)
  useEffect(() => () => stop.current?.(), [])
  const start = () => {
    setRunning({ progress: {} })
    const run = importFile({ tenant: tenant.id }, file, { source, options }, (more) =>
      setRunning((now) => now && { ...now, progress: { ...now.progress, ...more } }),
    )
    stop.current = run.stop
    run.done
      .then(
        (result) => setRunning((now) => now && { ...now, result }),
        (error: unknown) => setRunning((now) => now && { ...now, error }),
      )
      .finally(() => {
        for (const subject of TOUCHED) void queryClient.invalidateQueries({ queryKey: [subject] })
      })
  }
  if (!running)
    return (
      <div>
        <Button type="primary" onClick={start}>
          {t(refused ? 'bring.goRest' : 'bring.go')}
        </Button>
      </div>
    )
  const { progress, result, error, stopped } = running
  if (result) return <Done of={result} />
  if (stopped) return <p className="soft">{t('bring.stopped')}</p>
  if (error) return <FileTrouble of={error} />
  const share = file.size > 0 ? Math.min(100, Math.round(((progress.bytes ?? 0) / file.size) * 100)) : 0
  const n = (value = 0) => count(value)
  return (
    <div className="going" role="status" aria-label={t('bring.sending')}>
      <Progress percent={share} size="small" status="active" />
      <p className="row wrap spread">
        <span className="aux num">
          {t('bring.sent', { rows: n(progress.rows), kept: n(progress.kept), dead: n(progress.dead) })}
        </span>
        <Button
          size="small"
          onClick={() => {
            setRunning({ ...running, stopped: true })
            stop.current?.()
          }}
        >
          {t('bring.stop')}
        </Button>
      </p>
    </div>
  )
}
