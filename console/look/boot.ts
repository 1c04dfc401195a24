import { chartColours, colours, depth, fonts, type ThemeName } from './tokens.ts'

export type ThemeChoice = ThemeName | 'system'
export type Lang = 'zh' | 'en'

const night = window.matchMedia('(prefers-color-scheme: dark)')

/** What is remembered may be unreadable (private windows); the console then runs on its defaults. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`daystar.${key}`, value)
  } catch {}
}
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`daystar.${key}`)
  } catch {
    return null
  }
}

export function themeOf(choice: ThemeChoice): ThemeName {
  if (choice !== 'system') return choice
  return night.matches ? 'dark' : 'light'
}

export function onSystemTheme(listener: () => void): () => void {
  night.addEventListener('change', listener)
  return () => night.removeEventListener('change', listener)
}

/** Lays the tokens out as custom properties, where the style sheets read them. */
export function applyTheme(name: ThemeName): void {
  const root = document.documentElement
  root.dataset.theme = name
  root.style.colorScheme = name
  for (const [key, value] of Object.entries(colours[name])) root.style.setProperty(`--${key}`, value)
  for (const [key, value] of Object.entries(depth[name])) root.style.setProperty(`--${key}`, value)
  const chart = chartColours[name]
  root.style.setProperty('--focus', chart.focus)
  for (const [step, value] of chart.seqNeg.entries()) root.style.setProperty(`--pain${step}`, value)
}

export function applyLang(lang: Lang): void {
  const root = document.documentElement
  root.lang = lang === 'zh' ? 'zh-CN' : 'en'
  root.style.setProperty('--font', fonts[lang])
}

/** Reads the choice of language: the address first, then memory, then what the browser asks for. */
export function firstLang(): Lang {
  const asked = new URLSearchParams(location.search).get('lang') ?? recall('lang')
  if (asked === 'zh' || asked === 'en') return asked
  return navigator.language.startsWith('zh') || !navigator.language.startsWith('en') ? 'zh' : 'en'
}

export function firstTheme(): ThemeChoice {
  const kept = recall('theme')
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}
