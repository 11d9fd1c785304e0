import type { Language } from '../../../chat/language.ts'
import { listOrganisations } from '../../../people/organisations.ts'
import type { Reads } from '../../../people/people.ts'
import { type Reminder, wordsOf } from '../records.ts'
import type { Maker } from './access.ts'
import type { DutyFiles } from './duty-files.ts'
import { valuesOfRule } from './rule-form.ts'
import { type ReminderTemplate, ruleOfTemplate } from './templates.ts'
import { zoneOfMaker } from './zone-of-maker.ts'

type Typed = Record<string, string | string[]>

/** What the form holds of a reminder: whom, means and steps stay as they are unless somebody chooses anew. */
export function valuesOfReminder(
  { row, rule, steps }: Reminder,
  { presets }: Pick<DutyFiles, 'presets'>,
  language: Language,
): Typed {
  const preset = presets.find((one) => JSON.stringify(one.steps) === JSON.stringify(steps))
  return {
    ...{ ...wordsOf(row, language), whom: 'same', timeZone: row.time_zone },
    ...{ means: row.means === 'form' ? 'same' : row.means, each: row.each === 1 ? 'yes' : '' },
    ...{
      steps: preset?.name ?? 'same',
      quiet: row.quiet,
      useful: String(Math.max(1, Math.round(row.useful_for / 60))),
    },
    ...valuesOfRule(rule),
  }
}

/** What the form holds of a template, for the maker's own organisation. */
export async function valuesOfTemplate(
  db: Reads,
  template: ReminderTemplate,
  { organisations, person, today }: Pick<Maker, 'organisations' | 'person' | 'today'>,
  language: Language,
): Promise<Typed> {
  const { title, text, whom, means, steps, usefulDays } = template
  const own = (await listOrganisations(db)).find(({ id }) => id === organisations[0])
  return {
    ...{ title: title[language], text: text[language], means, steps },
    timeZone: await zoneOfMaker(db, person, today),
    ...{ each: 'yes', quiet: '22:00-07:00', useful: String(usefulDays * 24) },
    ...(own
      ? { whom: 'role', role: whom.role, roleAt: own.path, below: whom.below ? 'yes' : '' }
      : { whom: 'me' }),
    ...valuesOfRule(ruleOfTemplate(template, today)),
  }
}
