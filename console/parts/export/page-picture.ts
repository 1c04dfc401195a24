import { type SheetWords, sheetOf } from './sheet.ts'

/** Every rule that holds now, freed of its conditions: a picture has no window whose width they could ask for. */
function rulesOf(rules: CSSRuleList): string[] {
  return [...rules].flatMap((rule) => {
    if (rule instanceof CSSFontFaceRule) return []
    if (!(rule instanceof CSSMediaRule)) return [rule.cssText]
    return window.matchMedia(rule.conditionText).matches ? rulesOf(rule.cssRules) : []
  })
}

async function asData(address: string): Promise<string> {
  const content = await (await fetch(address)).blob()
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(content)
  })
}

/** The fonts that come with the console, as data: a picture asks for nothing from outside. */
async function fontsOf(sheets: readonly CSSStyleSheet[]): Promise<string[]> {
  const faces = sheets.flatMap((sheet) =>
    [...sheet.cssRules].flatMap((rule) => (rule instanceof CSSFontFaceRule ? [{ text: rule.cssText, sheet }] : [])),
  )
  const known = new Map<string, Promise<string>>()
  return Promise.all(
    faces.map(async ({ text, sheet }) => {
      const [, written = ''] = /url\("([^"]+)"\)/.exec(text) ?? []
      const address = new URL(written, sheet.href ?? location.href).href
      if (!known.has(address)) known.set(address, asData(address))
      return text.replace(written, await known.get(address)!)
    }),
  )
}

/** Nothing moves or waits in a picture, and the page has it for itself. */
const still =
  '*{animation:none!important;transition:none!important}.shell{display:block!important;min-height:0!important}'

/** What tools and menus are for is the screen. */
const TOOLS = '.page-tools, .chart-tools, .no-print'

/** The page's content as it stands now, with what people typed and what is drawn in pixels. */
function copyOf(page: HTMLElement): HTMLElement {
  const copy = page.cloneNode(true) as HTMLElement
  const inner = 'canvas, input, textarea'
  const copies = [...copy.querySelectorAll<HTMLElement>(inner)]
  for (const [i, one] of [...page.querySelectorAll(inner)].entries()) {
    const other = copies[i]!
    if (one instanceof HTMLInputElement) other.setAttribute('value', one.value)
    if (one instanceof HTMLInputElement && one.checked) other.setAttribute('checked', '')
    if (one instanceof HTMLTextAreaElement) other.textContent = one.value
    if (!(one instanceof HTMLCanvasElement)) continue
    const image = document.createElement('img')
    image.src = one.toDataURL()
    image.style.cssText = one.style.cssText
    other.replaceWith(image)
  }
  for (const one of copy.querySelectorAll(TOOLS)) one.remove()
  return copy
}

/** The same elements around it as on the page, so that every rule finds what it speaks of. */
function surrounded(page: HTMLElement, copy: HTMLElement, rules: string): Element {
  const style = document.createElement('style')
  style.textContent = rules
  let outermost: HTMLElement = copy
  for (let around = page.parentElement; around; around = around.parentElement) {
    const shell = around.cloneNode(false) as HTMLElement
    shell.append(outermost)
    outermost = shell
  }
  outermost.prepend(style)
  return outermost
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that no XML may hold
const notInXml = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

/** The content of the page, whole, as a picture of lines and letters that the browser itself lays out. */
async function drawn(page: HTMLElement): Promise<{ image: HTMLImageElement; width: number; height: number }> {
  const sheets = [...document.styleSheets]
  const rules = [...(await fontsOf(sheets)), ...sheets.flatMap((sheet) => rulesOf(sheet.cssRules)), still].join('\n')
  const [width, height] = [page.clientWidth, page.scrollHeight]
  const copy = copyOf(page)
  copy.style.cssText = `width:${width}px;height:${height}px;max-width:none`
  const xml = new XMLSerializer()
    .serializeToString(surrounded(page, copy, rules))
    .replace(notInXml, '')
    .toWellFormed()
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><foreignObject width="100%" height="100%">${xml}</foreignObject></svg>`
  const image = new Image(width, height)
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  return { image, width, height }
}

/** The page as it stands on the screen, without its tools, on a sheet that says what it is about. */
export async function pagePicture(words: SheetWords): Promise<Blob> {
  const page = document.getElementById('main')!
  return sheetOf({ ...(await drawn(page)), ground: words.paint.page }, words)
}
