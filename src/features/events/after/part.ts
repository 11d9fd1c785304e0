import type { ActionHandler, Click } from '../../../conversation/feature.ts'
import type { EventsContext } from '../context.ts'
import type { EventsPart } from '../part.ts'
import { afterCommands } from './after-commands.ts'
import { thanking } from './after-event.ts'
import { feedbackForm, openFeedback } from './feedback.ts'
import { materialsForm, openMaterials } from './materials-form.ts'
import { sendingMaterials } from './send-materials.ts'

export function createAfterPart(context: EventsContext): EventsPart {
  const action = (run: (click: Click) => ReturnType<ActionHandler['run']>): ActionHandler => ({
    reads: false,
    run,
  })
  return {
    actions: { feedback: action(openFeedback), 'add-materials': action(openMaterials) },
    commands: afterCommands(context),
    forms: [feedbackForm, materialsForm],
    timers: { ...thanking(context), ...sendingMaterials(context) },
  }
}
