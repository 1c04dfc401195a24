// Sends each answer without loading the page anew. Everything works without this script too.
;(() => {
  const main = document.getElementById('survey')
  const isPreview = 'preview' in main.dataset
  const isFramed = window.parent !== window

  /** Tells the site around the frame how tall the page is, and when it is over. The site may be any that was declared. */
  function tellFrame(what) {
    if (isFramed) window.parent.postMessage({ daystar: what, height: main.scrollHeight }, '*')
  }

  function show(markup, focus) {
    const page = new DOMParser().parseFromString(markup, 'text/html')
    main.replaceChildren(...page.body.childNodes)
    if (focus) main.querySelector('h1')?.focus()
    window.scrollTo(0, 0)
    settled()
  }

  function settled() {
    tellFrame(main.querySelector('[data-over]') ? 'over' : 'shown')
  }

  async function send(form, fields) {
    const answer = await fetch(form.action, { method: 'POST', body: fields, headers: { accept: 'application/json' } })
    // What is over may take the place of the question; what may be tried again leaves it, with what was written.
    if (answer.status >= 429) throw new Error(`answered ${answer.status}`)
    const { html } = await answer.json()
    return html
  }

  /** Only people count as having seen the survey, not programs that fetch a link to show what is behind it. */
  function seen() {
    const form = main.querySelector('form[data-unseen]')
    if (!form || isPreview) return
    const fields = new URLSearchParams(new FormData(form))
    for (const name of [...fields.keys()]) if (name === 'question' || name.startsWith('a')) fields.delete(name)
    send(form, fields).catch(() => {})
  }

  document.addEventListener('submit', async (event) => {
    event.preventDefault()
    const form = event.target
    if (form.getAttribute('aria-busy') === 'true') return
    const fields = new URLSearchParams(new FormData(form, event.submitter))
    if (isPreview) return window.parent.postMessage({ daystar: 'submit', fields: [...fields] }, location.origin)
    form.setAttribute('aria-busy', 'true')
    try {
      show(await send(form, fields), true)
    } catch {
      form.removeAttribute('aria-busy')
      form.querySelector('.problem').textContent = form.dataset.offline
    }
  })

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') tellFrame('close')
  })

  if (isPreview)
    window.addEventListener('message', (event) => {
      if (event.source === window.parent && event.origin === location.origin && typeof event.data?.html === 'string')
        show(event.data.html, false)
    })

  settled()
  seen()
})()
