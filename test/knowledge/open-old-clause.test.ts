import { expect, test } from 'vitest'
import { openOldClause } from '../../src/features/policy/open-old-clause.ts'
import { guest } from '../../src/knowledge/clause.ts'
import { describeEachDatabase } from '../store/each-database.ts'

describeEachDatabase('a clause of a version', (open) => {
  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, Number.MAX_SAFE_INTEGER])(
    'that no document can have is none: %d',
    async (version) => {
      const { store } = await open()
      const opened = await store.transaction((trx) => openOldClause(trx, 'guideline', version, '一', [guest]))
      expect(opened).toBeNull()
    },
  )
})
