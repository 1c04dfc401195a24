/** Which questions an indicator answers; the catalogue lists them under these heads. */
export const groups = ['voice', 'service', 'order', 'money', 'custom'] as const
export type Group = (typeof groups)[number]

export const groupOf = (id: string): Group => (id === 'return_rate' ? 'order' : 'voice')
