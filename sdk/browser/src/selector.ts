const DEEPEST = 8

/** An id that a person wrote: no digits, in which a customer's or an order's number could hide. */
const written = /^[a-z][a-z_-]{1,40}$/i

/**
 * The place of an element in its page, for heat maps: tags and positions from the nearest ancestor with a written id, such as
 * `#buy>div:nth-of-type(2)>button:nth-of-type(1)`. No text, no class, no attribute's value.
 */
export function selectorOf(element: Element): string {
  const steps: string[] = []
  for (let at: Element | null = element; at && at.tagName !== 'HTML' && steps.length < DEEPEST; at = at.parentElement) {
    if (written.test(at.id)) {
      steps.unshift(`#${at.id}`)
      break
    }
    const tag = at.tagName.toLowerCase()
    steps.unshift(tag === 'body' ? tag : `${tag}:nth-of-type(${positionOf(at)})`)
  }
  return steps.join('>')
}

function positionOf(element: Element): number {
  let position = 1
  for (let one = element.previousElementSibling; one; one = one.previousElementSibling)
    if (one.tagName === element.tagName) position++
  return position
}
