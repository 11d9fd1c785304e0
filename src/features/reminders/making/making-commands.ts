import type { Card } from '../../../chat/card.ts'
import type { Command, Turn } from '../../../conversation/feature.ts'
import { sayAlone } from '../../../conversation/say-alone.ts'
import { errorCard } from '../../../messages/error-card.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import type { Trx } from '../../../store/store.ts'
import { describeRule } from '../../../timers/recurrence/describe-rule.ts'
import type { RemindersContext } from '../context.ts'
import { readReminders } from '../records.ts'
import { type Maker, makerOf, maySee } from './access.ts'
import { courseCommand } from './course-command.ts'
import type { DutyFiles } from './duty-files.ts'
import { listOf } from './list-reminders.ts'
import { listCard, newButton, reminderCard, sayingCard, templatesCard } from './reminder-cards.ts'
import { viewOf } from './reminder-view.ts'
import { sentenceCommand } from './sentence-command.ts'
import { ruleOfTemplate } from './templates.ts'

/** Before a group it is said to whoever asked alone; a refusal is an answer too. */
export type Answer = (turn: Turn, make: (trx: Trx, maker: Maker) => Promise<Card>) => Promise<void>

/** What is typed to make reminders and to look at them. */
export function makingCommands(context: RemindersContext, files: DutyFiles): Command[] {
  const answer: Answer = (turn, make) =>
    turn.commit(async (trx, say) => {
      const { language, message } = turn
      const now = await context.store.now(trx)
      const card = await makerOf(trx, message.account, now)
        .then((maker) => make(trx, maker))
        .catch((error: unknown) => {
          if (!(error instanceof PlainError)) throw error
          return errorCard(error, language)
        })
      await sayAlone(turn, say, card)
    })

  const list: Command['run'] = (turn) =>
    answer(turn, async (trx, maker) => {
      const card = listCard({ all: await listOf(trx, maker, turn.language), from: 0 }, turn.language)
      const link = await context.consoleLink?.(trx, turn.message.account)
      const label = translate(turn.language, 'reminders:list.console')
      return link ? { ...card, blocks: [...card.blocks, { type: 'link', label, url: link }] } : card
    })

  const templates: Command['run'] = (turn) =>
    answer(turn, async (_trx, { today }) => {
      const { language } = turn
      const shown = files.templates.map((template) => ({
        ...template,
        rule: describeRule(ruleOfTemplate(template, today), language),
      }))
      const problems = files.problems.map(({ key, values }) => translate(language, key, values))
      return templatesCard({ templates: shown, from: 0 }, problems, language)
    })

  const offerForm: Command['run'] = (turn) =>
    answer(turn, async () =>
      sayingCard(
        translate(turn.language, 'reminders:offer'),
        [newButton(turn.language)],
        [translate(turn.language, 'reminders:list.how')],
      ),
    )

  const byNumber: Command['run'] = (turn) =>
    answer(turn, async (trx, maker) => {
      const number = numberIn(turn.message.text)
      const row = await trx
        .selectFrom('reminder')
        .select('id')
        .where('number', '=', number)
        .executeTakeFirst()
      const [reminder] = row ? await readReminders(trx, [row.id]) : []
      if (!reminder || !(await maySee(trx, maker, reminder))) {
        throw new PlainError('reminders:unknown-number', { number })
      }
      return reminderCard(await viewOf(trx, reminder, maker, turn.language), turn.language)
    })

  return [
    {
      words: {
        'zh-CN': ['提醒列表', '提醒清单', '查看提醒', '提醒管理', '管理提醒', '所有提醒'],
        en: ['reminders', 'list reminders', 'all reminders'],
      },
      run: list,
    },
    {
      words: {
        'zh-CN': ['新建提醒', '创建提醒', '添加提醒', '设置提醒', '新增提醒', '提醒'],
        en: ['new reminder', 'add a reminder', 'set a reminder'],
      },
      run: offerForm,
    },
    {
      words: { 'zh-CN': ['提醒模板', '提醒模版'], en: ['reminder templates'] },
      run: templates,
    },
    { words: { 'zh-CN': [], en: [] }, pattern: /^(?:查看?|提醒|show )?\s*tx-\d{4}-\d{4,6}$/, run: byNumber },
    courseCommand(context, answer),
    sentenceCommand(context, files, answer),
  ]
}

function numberIn(text: string): string {
  return /tx-\d{4}-\d{4,6}/i.exec(text.normalize('NFKC'))?.[0].toUpperCase() ?? ''
}
