import type { Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import type { Command } from '../../conversation/feature.ts'
import { sayAlone } from '../../conversation/say-alone.ts'
import { errorCard } from '../../messages/error-card.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import type { Trx } from '../../store/store.ts'
import { type Asker, askerOf } from './access.ts'
import { coverageOf, ownPointsOf } from './answers.ts'
import { deed, ownPointsCard, textCard } from './cards.ts'
import type { Liaison } from './context.ts'

/** What is typed about liaison points. */
export function liaisonCommands(context: Liaison): Command[] {
  const answer =
    (make: (trx: Trx, asker: Asker, language: Language) => Promise<Card>): Command['run'] =>
    (turn) =>
      turn.commit(async (trx, say) => {
        const { language, message } = turn
        const link = await context.consoleLink?.(trx, message.account)
        const card = await askerOf(trx, message.account, await context.store.now(trx))
          .then((asker) => make(trx, asker, language))
          .catch((error: unknown) => {
            if (error instanceof PlainError) return errorCard(error, language)
            throw error
          })
        const label = translate(language, 'liaison:console')
        const isShort = card.tone === 'error' || !link
        const blocks = isShort ? card.blocks : [...card.blocks, { type: 'link' as const, label, url: link }]
        await sayAlone(turn, say, { ...card, blocks })
      })
  const offer = (action: 'record' | 'assign' | 'hand-over') =>
    answer(async (_trx, _asker, language) =>
      textCard(translate(language, `liaison:offer.${action}`), [deed(language, action, {}, 'primary')]),
    )
  return [
    {
      words: { 'zh-CN': ['我的联络点', '我的联系点', '我联系的单位'], en: ['my liaison points'] },
      run: answer(async (trx, asker, language) => {
        const points = await ownPointsOf(trx, context, asker)
        return points.length === 0
          ? textCard(translate(language, 'liaison:own.none'))
          : ownPointsCard(points, 0, language)
      }),
    },
    {
      words: {
        'zh-CN': ['走访记录', '记录走访', '登记走访', '填写走访记录'],
        en: ['record a visit', 'enter a visit'],
      },
      run: offer('record'),
    },
    {
      words: { 'zh-CN': ['指派联络员', '指派指导员', '指派联系人'], en: ['assign a liaison'] },
      run: offer('assign'),
    },
    {
      words: { 'zh-CN': ['移交联络点', '移交联系点'], en: ['hand over liaison points'] },
      run: offer('hand-over'),
    },
    {
      words: {
        'zh-CN': ['联络覆盖', '联络点覆盖', '联系点覆盖', '联络覆盖情况'],
        en: ['liaison coverage'],
      },
      run: answer((trx, asker, language) => coverageOf(trx, context, asker, 0, language)),
    },
  ]
}
