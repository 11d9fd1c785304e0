import { translate } from '../../../messages/translate.ts'
import type { ActorName } from './actors.ts'
import type { KindAction, KindFile } from './schema.ts'

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
    edit: { ...plainAction('edit', open, ['author', 'co-author']), does: ['edit'] },
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
      ...plainAction('remind', waitingFor('owner', 'verifier', 'reviewer', 'author', 'nominee'), ['handler']),
      does: ['remind'],
    },
  }
  Object.assign(builtIns, sealedBuiltIns(kind))
  const added = Object.entries(builtIns).filter(
    ([name, { from }]) => from.length > 0 && !Object.hasOwn(kind.actions, name),
  )
  // Last on a card: what leads on comes first.
  const states = added.some(([name]) => name === 'erase') ? { ...kind.states, erased } : kind.states
  return { ...kind, states, actions: { ...kind.actions, ...Object.fromEntries(added) } }
}

/** What was erased while it was open ends with that. */
const erased: KindFile['states'][string] = {
  ...{ title: wording('erased'), open: false, final: true, shows: 'parts', counts: [] },
}

/** Of what may lie encrypted: the author has it erased, and administrators look up a hidden name or erase on request. */
function sealedBuiltIns({ sealed, naming, states }: KindFile): Record<string, KindAction> {
  if (!sealed && naming.every((one) => one === 'signed')) return {}
  const all = Object.keys(states)
  const isFinal = (name: string) => states[name]?.final === true
  const sure = { name: 'sure', type: 'checkbox' as const, label: wording('erase-sure'), required: true }
  const reason = {
    name: 'reason',
    type: 'long-text' as const,
    label: wording('unseal-reason'),
    ...{ required: true, least: 4, most: 300 },
  }
  const erase: KindAction = {
    ...plainAction(
      'erase',
      all.filter((name) => !isFinal(name)),
      ['author', 'administrator'],
    ),
    ...{ to: 'erased', needs: ['sealed'], does: ['erase'], fields: [sure] },
  }
  return {
    erase,
    // What is over keeps the state for which it counts.
    'erase-closed': { ...erase, title: wording('erase'), from: all.filter(isFinal), to: 'same' },
    unseal: {
      ...plainAction('unseal', all, ['administrator']),
      ...{ needs: ['hidden'], does: ['unseal'], fields: [reason], told: wording('unseal-told') },
    },
  }
}

function plainAction(name: string, from: string[], by: ActorName[]): KindAction {
  return {
    title: wording(name),
    from,
    to: 'same',
    by,
    fields: [],
    style: 'plain',
    needs: [],
    does: [],
    secret: false,
  }
}

function wording(name: string) {
  const key = `submissions:built-in.${name}`
  return { 'zh-CN': translate('zh-CN', key), en: translate('en', key) }
}
