import type { Account } from '../../src/chat/incoming.ts'
import { addMembership } from '../../src/people/memberships.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import type { Store } from '../../src/store/store.ts'

/** A question that only the closed document answers, and what must not be read of it. */
export const rent = '借用分公司展厅每天收取多少场租？'
export const secret = /900|展厅|场租|内部借用|hall-rules/

/** Rules that only the branch may read. */
export const secretRules = {
  fileName: 'rules.txt',
  bytes: Buffer.from(
    '展厅内部借用办法\n\n第一条 为规范分公司展厅借用，制定本办法。\n\n第二条 借用分公司展厅每天收取场租900元，由办公室收取。\n',
  ),
  document: 'hall-rules',
  title: '展厅内部借用办法',
  visibleTo: 'org:分公司一',
}

/** A person of the branch for each account. */
export async function joinBranch(store: Store, accounts: readonly Account[]): Promise<void> {
  await store.transaction(async (trx) => {
    const { id } = await createOrganisation(trx, { name: '分公司一', kind: 'branch', parent: null })
    for (const [i, account] of accounts.entries()) {
      const { id: person } = await createPerson(trx, { name: `员工${i}` })
      await linkAccount(trx, account, person, new Date())
      await addMembership(trx, { person, organisation: id, role: 'staff' })
    }
  })
}
