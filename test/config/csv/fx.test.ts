import { describe, expect, it } from 'vitest'
import { formatFx, formatProblem, parseFx } from '../../../config/index.ts'

const read = (...rows: readonly string[]) => parseFx(['date,from,to,rate', ...rows].join('\n'), 'fx.csv')
const mistakes = (...rows: readonly string[]) => read(...rows).problems.map(formatProblem)

describe('fx.csv', () => {
  it('has one rate for each day and pair, kept as it is written', () => {
    const { rows, problems } = read('2026-11-24,EUR,USD,1.0840', '2026-11-24,JPY,USD,0.0066')

    expect(problems).toEqual([])
    expect(rows).toEqual([
      { date: '2026-11-24', from: 'EUR', to: 'USD', rate: '1.0840' },
      { date: '2026-11-24', from: 'JPY', to: 'USD', rate: '0.0066' },
    ])
    expect(parseFx(formatFx(rows), 'again.csv')).toMatchObject({ rows, problems: [] })
  })

  it.each([
    ['2026-02-30,EUR,USD,1.1', 'fx.csv:2:1  date: expected a day such as 2026-11-24'],
    ['24/11/2026,EUR,USD,1.1', 'fx.csv:2:1  date: expected a day such as 2026-11-24'],
    ['2026-11-24,Euro,USD,1.1', 'fx.csv:2:2  from: expected a currency of three capital letters, such as EUR'],
    ['2026-11-24,EUR,XXQ,1.1', 'fx.csv:2:3  to: expected a currency of three capital letters, such as EUR'],
    ['2026-11-24,EUR,EUR,1.1', 'fx.csv:2:3  to: a rate is between two currencies; both are EUR'],
    ['2026-11-24,EUR,USD,"1,1"', 'fx.csv:2:4  rate: expected a number above zero with a decimal point, such as 1.0842'],
    ['2026-11-24,EUR,USD,0.00', 'fx.csv:2:4  rate: expected a number above zero with a decimal point, such as 1.0842'],
    ['2026-11-24,EUR,USD,', 'fx.csv:2:4  rate: expected a number above zero with a decimal point, such as 1.0842'],
  ])('tells the cell of a mistake: %s', (row, said) => {
    expect(mistakes(row)).toEqual([said])
  })

  it('takes a pair once a day', () => {
    expect(mistakes('2026-11-24,EUR,USD,1.1', '2026-11-24,EUR,USD,1.2')).toEqual([
      'fx.csv:3:1  lines 2 and 3 have the same date, from and to; keep one of them',
    ])
  })
})
