import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/queries.ts'
import './look/base.css'
import { applyLang, applyTheme, firstLang, firstTheme, themeOf } from './look/boot.ts'
import { router } from './shell/router.tsx'
import './shell/shell.css'
import { startWords } from './words/words.ts'

const lang = firstLang()
applyTheme(themeOf(firstTheme()))
applyLang(lang)
startWords(lang)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
