import type { Block, Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import type { Command } from '../../conversation/feature.ts'
import { sayAlone } from '../../conversation/say-alone.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { translate } from '../../messages/translate.ts'
import { findPersonByAccount, type Reads } from '../../people/people.ts'
import { actionButtons, headline, stateLine, textCard } from './cards.ts'
import type { SubmissionsContext } from './context.ts'
import { type PossibleAction, possibleActions } from './life/life.ts'
import { ownSubmissions } from './own.ts'
import type { Submission } from './records.ts'
import { partOfAccount } from './relations.ts'
import { sealedListCard } from './sealed.ts'
import { standingOf } from './standing.ts'

/** More would not fit a card; the newest come first. */
const mostListed = 8
/** So many of the latest are looked through. */
const mostRead = 50

/** 删除我的提交: what somebody can have erased, each with the button that asks once more before it does. */
export function eraseCommand(context: SubmissionsContext): Command {
  return {
    words: {
      'zh-CN': ['删除我的提交', '删除我的意见', '删除提交', '删除意见', '抹去我的意见'],
      en: ['delete my submissions', 'erase my submissions', 'delete my opinion'],
    },
    run: (turn) =>
      turn.commit(async (trx, say) => {
        const { message, language } = turn
        const { account } = message
        const person = (await findPersonByAccount(trx, account))?.id ?? null
        const today = dayInChina(await context.store.now(trx))
        const { submissions } = await ownSubmissions(
          trx,
          context,
          { account, person },
          { page: 1, size: mostRead },
        )
        const own: Erasable[] = []
        for (const submission of submissions) {
          const { as } = await partOfAccount(trx, submission, { account, person }, today)
          const erasing = await erasingOf(trx, submission, as)
          if (erasing.length > 0) own.push({ submission, erasing })
        }
        if (own.length === 0) {
          await sayAlone(turn, say, textCard(translate(language, 'seal:erase.none')))
          return
        }
        const shown = own.slice(0, mostListed)
        const rows = shown.map(({ submission }) => submission.row)
        const card = listCard(shown, own.length, language)
        await sayAlone(turn, say, await sealedListCard(trx, context, rows, card, language, 'author'))
      }),
  }
}

interface Erasable {
  submission: Submission
  erasing: PossibleAction[]
}

async function erasingOf(db: Reads, submission: Submission, as: readonly PossibleAction['as'][]) {
  const own = { person: null, as: as.filter((part) => part === 'author') }
  const possible = possibleActions(submission.kind, await standingOf(db, submission), own)
  return possible.filter(({ action }) => action.does.includes('erase'))
}

function listCard(own: readonly Erasable[], count: number, language: Language): Card {
  return {
    tone: 'info',
    title: translate(language, 'seal:erase.title', { count }),
    blocks: [
      { type: 'note', text: translate(language, 'seal:erase.how') },
      ...own.flatMap(({ submission, erasing }): Block[] => [
        { type: 'text', runs: [{ text: headline(submission, language), strong: true }] },
        { type: 'note', text: stateLine(submission, language) },
        { type: 'buttons', buttons: actionButtons(submission, erasing, language) },
      ]),
    ],
  }
}
