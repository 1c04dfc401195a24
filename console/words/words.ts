import i18next, { type FormatterModule } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Lang } from '../look/boot.ts'
import { en } from './en.ts'
import { withMoments } from './format.ts'
import { pluralForm } from './plural.ts'
import { zh } from './zh.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof zh }
    returnNull: false
  }
}

const moments = { type: 'postProcessor', name: 'moments', process: withMoments } as const

const nothing = () => {}
const plurals: FormatterModule = {
  type: 'formatter',
  init: nothing,
  add: nothing,
  addCached: nothing,
  format: pluralForm,
}

export function startWords(lang: Lang): void {
  i18next
    .use(initReactI18next)
    .use(moments)
    .use(plurals)
    .init({
      lng: lang,
      fallbackLng: 'zh',
      resources: { zh: { translation: zh }, en: { translation: en } },
      // React escapes what it renders.
      interpolation: { escapeValue: false },
      postProcess: moments.name,
      initAsync: false,
    })
}
