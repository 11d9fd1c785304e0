import type { Button } from '../../../chat/card.ts'
import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Click, Turn } from '../../../conversation/feature.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount } from '../../../people/people.ts'
import type { SubmissionsContext } from '../context.ts'
import type { Kind } from '../definition/schema.ts'
import { entryFormOf } from '../forms/entry-form.ts'
import { readingOf } from './keep-reading.ts'
import { valuesFor } from './read-sentence.ts'
import { mayEnter } from './whose.ts'

interface Begun {
  kind: string
  values?: Record<string, string>
  /** For somebody else. Default false. */
  onBehalf?: boolean
  /** Of what was said in one go: another sentence is another draft. */
  reading?: string
}

/** Opens the form of a kind for whoever clicked. Throws PlainError where there is no such kind, or they may not. */
export async function openEntry(
  click: Click,
  { kinds }: SubmissionsContext,
  { kind, values = {}, onBehalf = false, reading = '' }: Begun,
): Promise<Acknowledgement> {
  const { trx, now, action } = click
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  if (onBehalf && !(await mayEnter(trx, person, dayInChina(now)))) {
    throw new PlainError('submissions:whose.not-allowed')
  }
  return click.openForm(entryFormOf(kinds.current(kind)), {
    values,
    context: {
      group: action.group ? 'yes' : '',
      ...(onBehalf ? { onBehalf: 'yes' } : {}),
      ...(reading ? { reading } : {}),
    },
  })
}

/** Opens the form with what was said in one go; as another kind, where that is wanted. */
export async function fillIn(click: Click, context: SubmissionsContext): Promise<Acknowledgement> {
  const { trx, now, action } = click
  const { reading: id = '', kind: wanted } = action.value
  const kept = await readingOf(trx, context, { id, account: action.account, now })
  const kind = context.kinds.current(wanted ?? kept.kind)
  const values = kind.kind === kept.kind ? kept.values : valuesFor(kind, kept.content)
  return openEntry(click, context, { kind: kind.kind, values, reading: `${id} ${kind.kind}` })
}

/** What is said to 提建议: the form, one press away; for those who may, also for somebody else. */
export function offerForm({ title, kind }: Kind): (turn: Turn) => Promise<void> {
  return ({ commit, language, message }) =>
    commit(async (trx, say) => {
      const what = title[language]
      const button = (
        key: string,
        value: Record<string, string>,
        style: Button['style'] = 'plain',
      ): Button => ({
        label: translate(language, `submissions:begin.${key}`, { what }),
        action: 'submissions.begin',
        value: { kind, ...value },
        opens: 'beside',
        style,
      })
      const person = await findPersonByAccount(trx, message.account)
      const isCadre = await mayEnter(trx, person?.id ?? null, dayInChina(message.at))
      const buttons = [
        button('button', {}, 'primary'),
        ...(isCadre ? [button('behalf', { behalf: 'yes' })] : []),
      ]
      await say({
        tone: 'info',
        blocks: [
          { type: 'text', runs: [{ text: translate(language, 'submissions:begin.text', { what }) }] },
          { type: 'buttons', buttons },
          ...(person
            ? []
            : [{ type: 'note' as const, text: translate(language, 'submissions:whose.sign-in') }]),
        ],
      })
    })
}
