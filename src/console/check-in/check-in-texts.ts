import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'

/** What the page's script says, by the names it uses; all that an answer can be has its words here. */
const keys: Record<string, string> = {
  online: 'check-in:page.online',
  offline: 'check-in:page.offline',
  'signed-out': 'check-in:page.signed-out',
  'to-hand-over': 'check-in:page.to-hand-over',
  waiting: 'check-in:page.waiting',
  nobody: 'check-in:page.nobody',
  which: 'check-in:page.which',
  figures: 'check-in:page.figures',
  since: 'check-in:page.since',
  'check-in': 'check-in:page.check-in',
  undo: 'check-in:page.undo',
  'camera-on': 'check-in:page.camera-on',
  'camera-off': 'check-in:page.camera-off',
  'no-camera': 'check-in:page.no-camera',
  'no-list': 'check-in:page.no-list',
  'checked-in': 'check-in:page.checked-in',
  already: 'check-in:page.already',
  'taken-back': 'check-in:by-hand.taken-back',
  'not-there': 'check-in:by-hand.not-there',
  unknown: 'check-in:page.unknown',
  foreign: 'check-in:code.foreign',
  'foreign-titled': 'check-in:code.foreign-titled',
  altered: 'check-in:code.altered',
  expired: 'check-in:code.expired',
  unreadable: 'check-in:code.unreadable',
  'no-event': 'check-in:refused.no-event',
  'cancelled-event': 'check-in:page.cancelled-event',
  'not-yet': 'check-in:page.not-yet',
  past: 'check-in:page.past',
  'not-registered': 'check-in:page.not-registered',
  cancelled: 'check-in:page.cancelled',
  requested: 'check-in:page.requested',
  offered: 'check-in:page.offered',
  undone: 'check-in:refused.undone',
  'too-old': 'check-in:page.too-old',
  'list-expired': 'check-in:page.list-expired',
  'state-requested': 'events:registration.requested',
  'state-waiting': 'events:registration.waiting',
  'state-offered': 'events:registration.offered',
  'state-cancelled': 'events:registration.cancelled',
  'state-expired': 'events:registration.expired',
  'state-declined': 'events:registration.declined',
}

/** The script fills in `{{name}}` and the like itself. */
export function pageTexts(language: Language): Record<string, string> {
  const kept = Object.fromEntries(
    ['name', 'title', 'time', 'count', 'came', 'registered', 'guests'].map((name) => [name, `{{${name}}}`]),
  )
  return Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, translate(language, key, kept)]))
}
