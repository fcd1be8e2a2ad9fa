import { expect, test } from 'vitest'
import { joinColumns } from '../../src/worker/reactive/join-columns.ts'

test.each<readonly [string, readonly string[] | 'all']>([
  ['select * from a join b on a.x = b.x', []],
  ['select * from a join b using (x)', ['x']],
  ['select * from a join b USING(X,y) left join c using\n( z )', ['x', 'y', 'z']],
  ['select * from a join b using ("a ""b""", `c`, [d e], \'f\')', ['a "b"', 'c', 'd e', 'f']],
  ['select * from a join b using (größe, $x)', ['größe', '$x']],
  ['select * from a natural join b', 'all'],
  ['select * from a NATURAL left join b using (x)', 'all'],
  ['select * from a join b using /* x */ (x)', 'all'],
  ['select * from a join b using (x -- , y\n)', 'all'],
  ['select * from a join b using ("x)', 'all'],
  ['select using_x, unnatural from supernatural', []],
])('%s', (sql, expected) => {
  const columns = joinColumns(sql)
  expect(columns === 'all' ? columns : [...columns]).toEqual(expected)
})
