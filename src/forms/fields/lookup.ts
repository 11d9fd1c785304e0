import type { Day } from '../../timers/calendar/day.ts'
import type { FilledForm } from '../definition.ts'
import type { Problem } from './refuse.ts'

/** What checks need to know beside the value. Nobody is found whom the asker may not see. */
export interface Lookup {
  /** For what looks at a whole page (`FormPage.check`). Default: no page is looked at. */
  at?: Pick<FilledForm, 'db' | 'now' | 'language' | 'person'>
  /** In China, by which 明天 is counted. */
  today: Day
  /**
   * The one person of this name, path (`集团/分公司一/王芳`) or id.
   * @param colleagues Also whom the asker may not look up, if they belong to the same house. Default false.
   */
  person(typed: string, colleagues?: boolean): Promise<{ id: string; name: string } | Problem>
  /** The one organisation of this name, path or id. */
  organisation(typed: string): Promise<{ id: string; path: string } | Problem>
}
