/** Hands a file to the browser, which puts it among the person's downloads. */
export function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser reads the address after the click; it must stand a moment longer.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
