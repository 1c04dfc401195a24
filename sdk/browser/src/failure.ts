const LONGEST = 200

/** An error's message without what could be a person's: e-mail addresses, runs of digits, the query of an address. */
export function messageOf(text: string): string {
  return text
    .slice(0, 1_000)
    .replace(/\S+@\S+/g, '#')
    .replace(/[?#]\S*=\S*/g, '')
    .replace(/\d{4,}/g, '#')
    .slice(0, LONGEST)
}

/** A file's address without its query. */
export const fileOf = (address: string): string => address.split(/[?#]/)[0]!.slice(0, LONGEST)
