import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSurroundings } from '../../shell/surroundings.tsx'
import type { Draft, Words } from './draft.ts'

/** In which language questions and choices are named: the reader's where the survey has it, else its first. */
export function useNaming(languages: Draft['languages']): 'zh' | 'en' {
  const { lang } = useSurroundings()
  return languages.includes(lang) ? lang : languages[0]!
}

interface BothProps {
  label: string
  of: Words
  languages: readonly ('zh' | 'en')[]
  change: (words: Words) => void
  compact?: boolean
}

/** One text in each language of the survey, side by side. */
export function Both({ label, of, languages, change, compact = false }: BothProps) {
  const { t } = useTranslation()
  const field = (lang: 'zh' | 'en') => (
    <Input
      value={of[lang] ?? ''}
      lang={lang === 'zh' ? 'zh-CN' : 'en'}
      placeholder={compact ? `${label} · ${t(`surveys.${lang}`)}` : t(`surveys.${lang}`)}
      aria-label={`${label} · ${t(`surveys.${lang}`)}`}
      onChange={(event) => change({ ...of, [lang]: event.target.value })}
    />
  )
  return (
    <div className="field">
      {!compact && <span className="aux">{label}</span>}
      <span className={languages.length > 1 ? 'two-up' : ''}>
        {languages.map((lang) => (
          <span key={lang}>{field(lang)}</span>
        ))}
      </span>
    </div>
  )
}
