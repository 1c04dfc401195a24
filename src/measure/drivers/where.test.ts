import { describe, expect, test } from 'vitest'
import { citiesOf } from './where.ts'

const late = { outcome: 'rating', category: 'boiler', factor: 'late_installation', aspect: '', scene: '' }
const row = (city: string, has: number, of: number, category = 'boiler') => ({
  category,
  city,
  late_installation: has,
  late_installation_of: of,
})

describe('where a fact of the operation is at home', () => {
  test('two cities that hold most of it are named, the worst first', () => {
    const rows = [
      row('成都', 40, 100),
      row('西安', 50, 100),
      row('杭州', 5, 100),
      row('北京', 6, 100),
      row('杭州', 90, 100, 'heater'),
    ]
    expect(citiesOf(late, rows)).toEqual(['西安', '成都'])
  })

  test('nothing is named where it is spread, or for what customers say', () => {
    const rows = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((city) => row(city, 10, 100))
    expect(citiesOf(late, rows)).toEqual([])
    expect(citiesOf({ ...late, factor: 'aspect' }, rows)).toEqual([])
    expect(citiesOf(late, [])).toEqual([])
  })
})
