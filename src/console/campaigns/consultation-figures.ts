import { html } from 'hono/html'
import type { Consultation } from '../../features/consultations/records.ts'
import type { Said } from '../../features/consultations/said.ts'
import { type Counts, tally } from '../../features/consultations/tally.ts'
import { translate } from '../../messages/translate.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { table } from '../frame.ts'
import type { Visit } from '../visit.ts'

/** What was chosen: each choice with its count and share, then by the units of which enough answered. @param units Names by id. */
export function figuresPanel(
  { language }: Visit,
  { questions }: Consultation,
  said: Said,
  units: ReadonlyMap<string, string>,
): Html | '' {
  const asked = questions.flatMap(({ text, choices }, at) =>
    choices.length > 0 ? [{ text, choices, at }] : [],
  )
  if (said.votes.length === 0 || asked.length === 0) return ''
  const { answered, all, byUnit, rest } = tally(questions, said)
  const title = translate(language, 'consultations:page.figures')
  const rows = (counts: Counts, of: number, unit: string) =>
    asked.flatMap(({ text, choices, at }) =>
      choices.map((choice, which) => {
        const count = counts[at]?.[which] ?? 0
        return [unit, text, choice, String(count), `${Math.round((1000 * count) / of) / 10}%`]
      }),
    )
  const header = [
    translate(language, 'consultations:page.unit'),
    translate(language, 'consultations:page.question'),
    translate(language, 'consultations:page.choice'),
    translate(language, 'consultations:page.count'),
    translate(language, 'consultations:page.share'),
  ]
  const lines = [
    ...rows(all, answered, translate(language, 'consultations:page.all')),
    ...byUnit.flatMap(({ unit, answered: theirs, counts }) => rows(counts, theirs, units.get(unit) ?? '')),
  ]
  const untold =
    rest === 0
      ? ''
      : translate(
          language,
          byUnit.length > 0 ? 'consultations:results.rest' : 'consultations:results.none-by-unit',
          { count: rest },
        )
  return html`<section class="panel"><h2>${title}</h2>${table(title, header, lines)}${untold === '' ? '' : html`<p class="small">${untold}</p>`}</section>`
}
