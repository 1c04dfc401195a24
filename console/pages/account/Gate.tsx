import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { LangButton, ThemeButton } from '../../shell/Header.tsx'
import { Mark } from '../../shell/Mark.tsx'
import './gate.css'

/** The door of the house: the night on one side, a form on the other. */
export function Gate({ title, help, children }: { title: string; help: string; children: ReactNode }) {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = t('brand.page', { page: title })
  }, [title, t])
  return (
    <div className="gate">
      <div className="night" aria-hidden="true">
        <Mark size={72} />
        <span>{t('brand.name')}</span>
      </div>
      <main>
        <div className="tools">
          <LangButton />
          <ThemeButton />
        </div>
        <div className="form">
          <h1>{title}</h1>
          <p className="soft">{help}</p>
          {children}
        </div>
      </main>
    </div>
  )
}
