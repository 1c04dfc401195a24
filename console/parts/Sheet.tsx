import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import './sheet.css'

interface SheetProps {
  title: string
  open: boolean
  close: () => void
  footer?: ReactNode
  children: ReactNode
}

/** What is asked beside the page: from the right on a wide screen, from below on a phone. The browser keeps the focus within. */
export function Sheet({ title, open, close, footer, children }: SheetProps) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const name = useId()
  useEffect(() => {
    const node = dialog.current
    if (open && !node?.open) node?.showModal()
    if (!open && node?.open) node.close()
  }, [open])
  // One that is taken off the page while it is open gives the focus back as well.
  useLayoutEffect(() => {
    const node = dialog.current
    return () => node?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself; the click is for the ground around it
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby={name}
      onClose={close}
      onKeyDownCapture={(event) => {
        // Escape closes an open list first, the sheet only after it.
        if (event.key === 'Escape' && dialog.current?.querySelector('.ant-select-open')) event.preventDefault()
      }}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      {open && (
        <div className="inside">
          <header>
            <h2 id={name}>{title}</h2>
            <button
              type="button"
              className="bare"
              aria-label={t('shell.closeSheet')}
              onClick={() => dialog.current?.close()}
            >
              <X size={18} strokeWidth={1.75} aria-hidden />
            </button>
          </header>
          <div className="sheet-body">{children}</div>
          {footer && <footer>{footer}</footer>}
        </div>
      )}
    </dialog>
  )
}
