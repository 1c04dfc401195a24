/** Who says what is said: only a customer's words are a customer's opinion. */
export const speakers = ['customer', 'agent', 'bot', 'system'] as const
export type Speaker = (typeof speakers)[number]
