import { html } from 'hono/html'
import { translate } from '../../messages/translate.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { csrfField } from '../frame.ts'
import type { Visit } from '../visit.ts'

export const pushesSection = '/console/pushes'

/**
 * Pushes a table to where people work on it together; stands beside its download, and nowhere without such a platform.
 * @param table As in chat: its name or the record's number.
 */
export function pushButton(visit: Visit, table: string): Html | '' {
  if (!visit.hasOnlineTables) return ''
  return html`<form method="post" action="${pushesSection}">${csrfField(visit)}<input type="hidden" name="table" value="${table}"><button>${translate(visit.language, 'pushes:page.push')}</button></form>`
}
