import { translate } from '../../../messages/translate.ts'
import type { ActorName, KindAction, KindFile } from './schema.ts'

/**
 * What every kind can do without its file saying so: `edit` while it is open, `hand-over` to a colleague, `take-over` by
 * those above, and `remind` and `press`, by which those who must act are asked again. They are actions like the file's
 * own, so rights, history and cards are the same; one of the same name in the file holds instead.
 */
export function withBuiltIns<Of extends KindFile>(kind: Of): Of {
  const waitingFor = (...parts: ActorName[]) =>
    Object.entries(kind.states).flatMap(([name, { waitsFor, final }]) =>
      waitsFor && !final && parts.includes(waitsFor) ? [name] : [],
    )
  const open = Object.entries(kind.states).flatMap(([name, state]) =>
    state.open && !state.final ? [name] : [],
  )
  const builtIns: Record<string, KindAction> = {
    edit: { ...plainAction('edit', open, ['author']), does: ['edit'] },
    'hand-over': {
      ...plainAction('hand-over', waitingFor('handler', 'restricted'), ['handler']),
      fields: [
        {
          name: 'colleague',
          type: 'person',
          label: wording('colleague'),
          required: true,
          sets: 'handler',
        },
        { name: 'words', type: 'long-text', label: wording('words'), required: false, most: 500 },
      ],
    },
    'take-over': {
      ...plainAction('take-over', waitingFor('handler', 'restricted'), ['superior']),
      does: ['take-over'],
    },
    // Those above press whoever has it; whoever has it presses those who work for it.
    press: {
      ...plainAction('press', waitingFor('handler', 'restricted', 'decider'), ['superior']),
      does: ['remind'],
    },
    remind: {
      ...plainAction('remind', waitingFor('owner', 'verifier', 'reviewer', 'author'), ['handler']),
      does: ['remind'],
    },
  }
  const added = Object.entries(builtIns).filter(
    ([name, { from }]) => from.length > 0 && !Object.hasOwn(kind.actions, name),
  )
  // Last on a card: what leads on comes first.
  return { ...kind, actions: { ...kind.actions, ...Object.fromEntries(added) } }
}

function plainAction(name: string, from: string[], by: ActorName[]): KindAction {
  return { title: wording(name), from, to: 'same', by, fields: [], style: 'plain', needs: [], does: [] }
}

function wording(name: string) {
  const key = `submissions:built-in.${name}`
  return { 'zh-CN': translate('zh-CN', key), en: translate('en', key) }
}
