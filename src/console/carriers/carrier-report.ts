import type { CarrierImportRow } from '../../features/carriers/import-carriers.ts'
import { explainError, translate } from '../../messages/translate.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { reportPanel } from '../import-report.ts'
import type { Visit } from '../visit.ts'
import { carrierSay } from './carrier-say.ts'

/** What became of each row of a table that was taken in. */
export function carrierReport(visit: Visit, rows: readonly CarrierImportRow[]): Html {
  const say = carrierSay(visit)
  const { language } = visit
  const count = (wanted: CarrierImportRow['outcome']) =>
    rows.filter(({ outcome }) => outcome === wanted).length
  const said = translate(language, 'carriers:command.imported', {
    rows: rows.length,
    ...{ entered: count('entered'), changed: count('changed'), refused: count('refused') },
  })
  return reportPanel(
    visit,
    rows.map(({ line, name, outcome, number, reason }) => ({
      ...{ line, name, isRefused: reason !== null },
      outcome:
        reason === null
          ? translate(language, `carriers:command.outcome.${outcome}`, { number })
          : explainError(reason, language),
    })),
    { title: say('imported'), said, header: [say('line'), say('name'), say('outcome')] },
  )
}
