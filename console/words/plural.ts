/** Written in a sentence as `{{n}} {{n, voice|voices}}`: the form that a number has in the language, as it is written (1 time, 1.0 times). */
export function pluralForm(value: unknown, forms = '', lang = 'en'): string {
  const [one = '', other = one] = forms.split('|')
  const written = String(value).replaceAll(',', '')
  const minimumFractionDigits = written.split('.')[1]?.length ?? 0
  return new Intl.PluralRules(lang, { minimumFractionDigits }).select(Number(written)) === 'one' ? one : other
}
