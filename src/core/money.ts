/** ISO 4217 currencies of which an amount in minor units is not divided by a hundred, by how many minor units one unit has. */
const uncommon: ReadonlyMap<string, number> = new Map(
  Intl.supportedValuesOf('currency').flatMap((code) => {
    const per = unitsOf(code)
    return per === 100 ? [] : [[code, per] as const]
  }),
)

function unitsOf(currency: string): number {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
  return 10 ** maximumFractionDigits
}

/**
 * How many minor units a unit of a currency has (ISO 4217, as the runtime's tables give it).
 *
 * @example minorUnits('JPY') // 1; minorUnits('KWD') is 1000, minorUnits('CNY') 100
 */
export const minorUnits = (currency: string): number => uncommon.get(currency) ?? 100

/** The currencies whose minor unit is not a hundredth, grouped by how many there are in a unit. */
export const uncommonMinorUnits: readonly { units: number; currencies: string[] }[] = [
  ...Map.groupBy(uncommon, ([, units]) => units),
].map(([units, all]) => ({ units, currencies: all.map(([currency]) => currency) }))
