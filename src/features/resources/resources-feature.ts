import type { ActionHandler, Click, Feature, Turn } from '../../conversation/feature.ts'
import { createBookingForms, openAnswer, openBook, openRate } from './booking/booking-forms.ts'
import { bookingCommands, mineOf } from './booking/lists.ts'
import { openBooking, pressMove } from './booking/press.ts'
import { createClocks } from './booking/run-clocks.ts'
import type { ResourcesContext } from './context.ts'
import { findCommands, openResource, takeSearch, turnPage } from './finding/find.ts'
import { createEntryForm, enterCommand, openEdit, openEnter } from './keeping/entry-form.ts'

/** Looks at what is said before it is taken for a question, as `DispatchOptions.takeStatement`. */
type TakeStatement = (turn: Turn) => Promise<Turn | null>

export interface Resources {
  context: ResourcesContext
  feature: Feature
  /** Those who look for a speaker or a place to visit, after `first` has looked at it. */
  takeAfter(first: TakeStatement): TakeStatement
}

/** Open science resources: facilities, exhibits, speakers, courses; who may use them when. */
export function createResources(context: ResourcesContext): Resources {
  const does = (run: (click: Click) => ReturnType<ActionHandler['run']>): ActionHandler => ({
    reads: false,
    run,
  })
  const shows = (run: (click: Click) => ReturnType<ActionHandler['run']>): ActionHandler => ({
    reads: true,
    run,
  })

  const feature: Feature = {
    name: 'resources',
    actions: {
      list: shows((click) => turnPage(click, context)),
      open: shows((click) => openResource(click, context)),
      booking: shows((click) => openBooking(click, context)),
      book: does((click) => openBook(click, context)),
      enter: does((click) => openEnter(click, context)),
      edit: does(openEdit),
      confirm: does((click) => pressMove(click, context, 'confirm')),
      accept: does((click) => pressMove(click, context, 'accept')),
      'give-up': does((click) => pressMove(click, context, 'give-up')),
      decline: does((click) => openAnswer(click, 'decline')),
      propose: does((click) => openAnswer(click, 'propose')),
      'call-off': does((click) => openAnswer(click, 'call-off')),
      rate: does(openRate),
    },
    commands: [...findCommands(context), ...bookingCommands(context), enterCommand(context)],
    forms: [...createBookingForms(context), createEntryForm(context)],
    mine: (whose) => mineOf(context, whose),
    timers: createClocks(context),
    subscriptions: {},
  }
  return {
    context,
    feature,
    takeAfter: (first) => async (turn) => {
      const left = await first(turn)
      return left && takeSearch(left, context)
    },
  }
}
