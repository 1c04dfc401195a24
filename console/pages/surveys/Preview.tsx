import { Button, Segmented } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type PreviewAsk, usePreview } from '../../api/surveys.ts'
import { useSurroundings } from '../../shell/surroundings.tsx'
import { Fault } from './Fault.tsx'

const WAIT_MS = 250

interface PreviewProps {
  /** The definition as JSON. */
  text: string
  languages: readonly ('zh' | 'en')[]
  /** The question that is being written; shown where it is on the way. */
  at: string | undefined
}

/** What the form in the frame sends: its fields, as the browser lists them. */
function sentBy(fields: readonly (readonly [string, string])[]) {
  const question = fields.find(([name]) => name === 'question')?.[1] ?? ''
  const back = fields.some(([name]) => name === 'back')
  const rows = fields.filter(([name]) => name.startsWith('a.')).map(([name, value]) => [name.slice(2), value] as const)
  const values = fields.filter(([name]) => name === 'a').map(([, value]) => value)
  const answer = rows.length > 0 ? Object.fromEntries(rows) : values.length > 1 ? values : (values[0] ?? null)
  return { question, back, answer }
}

/** The survey as customers see it, to walk through: the very page that they get, within a phone. */
export function Preview({ text, languages, at }: PreviewProps) {
  const { t } = useTranslation()
  const { tenant, lang: ui } = useSurroundings()
  const [lang, setLang] = useState<'zh' | 'en'>(languages.includes(ui) ? ui : languages[0]!)
  const [answers, setAnswers] = useState<Record<string, unknown>>({})
  const [step, setStep] = useState<Pick<PreviewAsk, 'at' | 'back'>>({})
  const frame = useRef<HTMLIFrameElement>(null)
  const { mutate, data, error } = usePreview({ tenant: tenant.id })
  const shown = languages.includes(lang) ? lang : languages[0]!

  useEffect(() => setStep(at === undefined ? {} : { at }), [at])
  useEffect(() => {
    const timer = setTimeout(() => mutate({ text, lang: shown, answers, ...step }), WAIT_MS)
    return () => clearTimeout(timer)
  }, [text, shown, answers, step, mutate])

  const post = () => data && frame.current?.contentWindow?.postMessage({ html: data.html }, location.origin)
  // Only what is new is shown: anything else would wipe what was just chosen in the frame.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `post` reads nothing else that changes
  useEffect(() => void post(), [data])
  useEffect(() => {
    const take = (event: MessageEvent) => {
      if (event.source !== frame.current?.contentWindow || event.data?.daystar !== 'submit') return
      const { question, back, answer } = sentBy(event.data.fields)
      if (back) return setStep({ at: question, back: true })
      setStep({})
      setAnswers((before) => {
        // What comes after a changed answer is asked anew, so that the whole way can be walked.
        const { [question]: _, ...rest } = before
        return { ...rest, [question]: answer }
      })
    }
    window.addEventListener('message', take)
    return () => window.removeEventListener('message', take)
  }, [])

  return (
    <div className="survey-preview">
      <div className="row spread">
        <b>{t('surveys.preview')}</b>
        <span className="row">
          <Button
            size="small"
            type="text"
            onClick={() => {
              setAnswers({})
              setStep({})
            }}
          >
            {t('surveys.restart')}
          </Button>
          {languages.length > 1 && (
            <Segmented<'zh' | 'en'>
              size="small"
              aria-label={t('shell.language')}
              value={shown}
              options={languages.map((value) => ({ value, label: value === 'zh' ? '中' : 'EN' }))}
              onChange={setLang}
            />
          )}
        </span>
      </div>
      <div className="phone">
        <iframe ref={frame} src={`/s/_preview?lang=${shown}`} title={t('surveys.preview')} onLoad={post} />
      </div>
      {error && <Fault of={error} title={t('surveys.badSurvey')} />}
    </div>
  )
}
