// Opens a survey in a sheet at the corner of a shop's page. The server fills in the settings.
;(() => {
  const settings = __SETTINGS__
  const DAY_MS = 86_400_000
  const script = document.currentScript
  const home = new URL(script.src).origin
  const lang = script.dataset.lang || (navigator.language.startsWith('zh') ? 'zh' : 'en')
  const words = settings.words[lang] ?? settings.words.zh
  let sheet

  /** One memory for all surveys of this site: whoever was asked is left in peace by every one of them. */
  const memory = {
    get last() {
      try {
        return Number(localStorage.getItem('daystar.asked')) || 0
      } catch {
        return 0
      }
    },
    keep() {
      try {
        localStorage.setItem('daystar.asked', String(Date.now()))
      } catch {
        // Without storage the sheet is shown once for each page that is opened.
      }
    },
  }

  const look = `
    dialog { position: fixed; inset: auto 16px 16px auto; width: 380px; max-width: calc(100vw - 32px); max-height: calc(100dvh - 32px);
      margin: 0; padding: 0; border: 0; border-radius: 16px; overflow: hidden; background: #fff; box-shadow: 0 16px 48px -8px rgba(23,24,47,.32); }
    dialog::backdrop { background: rgba(20,21,48,.18); }
    button { position: absolute; top: 6px; right: 6px; width: 40px; height: 40px; border: 0; border-radius: 20px; background: none; color: #65678a;
      font: 24px/40px sans-serif; cursor: pointer; }
    button:focus-visible { outline: 3px solid rgba(63,63,176,.5); }
    iframe { display: block; width: 100%; height: 420px; max-height: calc(100dvh - 80px); border: 0; margin-top: 40px; }
    @media (prefers-color-scheme: dark) { dialog { background: #15162a; } button { color: #b4b6d3; } }
    @media (max-width: 480px) { dialog { inset: auto 0 0 0; width: 100vw; max-width: 100vw; border-radius: 20px 20px 0 0; } }`

  /** A dialog of the browser's own: it keeps the focus within, closes on Escape and gives the focus back. */
  function build() {
    const host = document.createElement('div')
    const root = host.attachShadow({ mode: 'open' })
    const style = new CSSStyleSheet()
    style.replaceSync(look)
    root.adoptedStyleSheets = [style]
    const dialog = document.createElement('dialog')
    dialog.setAttribute('aria-modal', 'true')
    dialog.setAttribute('aria-label', words.open)
    const close = document.createElement('button')
    close.type = 'button'
    close.textContent = '×'
    close.setAttribute('aria-label', words.close)
    close.addEventListener('click', () => dialog.close())
    const frame = document.createElement('iframe')
    frame.title = words.open
    frame.src = `${home}/s/${settings.survey}?channel=widget&lang=${lang}`
    dialog.append(close, frame)
    dialog.addEventListener('click', (event) => event.target === dialog && dialog.close())
    dialog.addEventListener('close', () => {
      host.remove()
      sheet = undefined
    })
    root.append(dialog)
    document.body.append(host)
    return { dialog, frame }
  }

  window.addEventListener('message', (event) => {
    if (!sheet || event.source !== sheet.frame.contentWindow || event.origin !== home) return
    if (event.data?.daystar === 'close') sheet.dialog.close()
    const height = Number(event.data?.height)
    if (height > 0) sheet.frame.style.height = `${Math.min(Math.max(height, 160), 720)}px`
  })

  function open() {
    if (sheet) return
    if (!settings.origins.includes(location.origin))
      return console.warn(`daystar: ${location.origin} is not among the sites that may show this survey`)
    sheet = build()
    sheet.dialog.showModal()
    memory.keep()
  }

  window.daystarSurvey = { open }
  const wait = Number(script.dataset.after ?? 5)
  const mayAsk = Date.now() - memory.last >= settings.coolDownDays * DAY_MS
  if (script.dataset.open !== 'never' && mayAsk && wait >= 0) setTimeout(open, wait * 1000)
})()
