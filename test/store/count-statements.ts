import type { Trx } from '../../src/store/store.ts'

/** The same transaction, and how many statements were sent by it. */
export function countStatements(trx: Trx): { trx: Trx; count(): number } {
  let count = 0
  const counted = trx.withPlugin({
    transformQuery({ node }) {
      count += 1
      return node
    },
    transformResult: async ({ result }) => result,
  })
  return { trx: counted, count: () => count }
}
