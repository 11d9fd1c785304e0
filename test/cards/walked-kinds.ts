import type { Card } from '../../src/chat/card.ts'
import { bindChat } from '../../src/people/chats.ts'
import type { Open } from '../store/each-database.ts'
import { openSubmissionsHouse } from '../submissions/submissions-house.ts'
import { hardText } from './extreme-texts.ts'

/** What makes cards of model cases, support requests and memberships only together with a database. */
export const kindMakers = ['src/features/submissions/review/showcase.ts#showcaseCard']

/** A model case until it stands in a group, and money until its rest is asked back, with the longest texts. */
export async function cardsOfKinds(open: Open): Promise<Card[]> {
  const house = await openSubmissionsHouse(open)
  const chat = { platform: 'chat', installation: 't', chat: '一分公司群' }
  await house.store.transaction((trx) => bindChat(trx, chat, house.people.branch!))
  const long = (most: number) => hardText(most)
  const nomination = {
    ...{
      name: long(60),
      variety: 'team',
      nominee: '孙工',
      by: 'unit',
      position: long(100),
      video: long(300),
    },
    ...{ deeds: long(2000), achievement: long(500), noViolation: 'yes' },
  }
  const { number } = await house.sendIn('张三', nomination, 'model-case')
  const opinion = { opinion: long(500) }
  await house.act('李梅', number, 'agree', opinion)
  await house.act('吴主席', number, 'support', opinion)
  await house.act('吴主席', number, 'endorse', opinion)
  await house.act('吴主席', number, 'publish', { text: long(1500) })
  await house.waitUntil('2026-03-10T02:00:00Z')
  await house.act('吴主席', number, 'honour', { honour: long(60), document: long(100) })
  await house.act('吴主席', number, 'draft', { text: long(2000) })
  await house.act('孙工', number, 'approve')
  await house.act('吴主席', number, 'showcase', { groups: '一分公司' })
  const request = {
    ...{ title: long(60), variety: 'funds', purpose: long(1000), plan: long(2000), amount: '10000000' },
    ...{ budget: long(1000), others: long(300) },
  }
  const money = (await house.sendIn('张三', request, 'support-request')).number
  await house.act('李梅', money, 'check', opinion)
  await house.act('李梅', money, 'recommend', { recommendation: long(500) })
  await house.act('何总', money, 'grant', {
    ...{ granted: '9999999.99', reason: long(500), conditions: long(500), accountBy: '2026-04-30' },
  })
  await house.act('张三', money, 'account', { report: long(2000), used: '0.01' })
  await house.act('李梅', money, 'accept-with-rest', opinion)
  const cards = [
    ...['张三', '李梅', '吴主席', '何总', '孙工'].flatMap((name) => house.cardsOf(name)),
    ...house.cardsIn({ ...chat, thread: '' }),
  ]
  await house.stop()
  if (house.errors.length > 0) throw house.errors[0]
  return cards
}
