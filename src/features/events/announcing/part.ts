import type { EventsContext } from '../context.ts'
import type { EventsPart } from '../part.ts'
import { announceCommand } from './announce-command.ts'
import { announceToChosen, openGroups } from './choose-groups.ts'
import { cardRefresher } from './refresh-cards.ts'
import { sendMessage } from './send-message.ts'
import { showMessages } from './sent-messages.ts'
import { createWriteForm, openWrite } from './write-form.ts'

export function createAnnouncingPart(context: EventsContext): EventsPart {
  return {
    actions: {
      announce: { reads: true, run: openGroups },
      'announce-to': { reads: false, run: (click) => announceToChosen(click, context) },
      write: { reads: false, run: openWrite },
      messages: { reads: true, run: showMessages },
    },
    commands: [announceCommand(context)],
    forms: [createWriteForm(context)],
    timers: { 'events.refresh-cards': cardRefresher(context), 'events.send-message': sendMessage },
  }
}
