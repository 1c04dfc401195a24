/** A multiple in words: 2.4, 13. */
export const timesText = (value: number): string =>
  value >= 10 ? Math.round(value).toLocaleString('en') : value.toFixed(1)
