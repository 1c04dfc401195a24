/** The same words in both languages of the product. */
export interface Words {
  zh: string
  en: string
}

/** What a person wrote: it has one language, and is shown in both. */
export const sameIn = (text: string): Words => ({ zh: text, en: text })
