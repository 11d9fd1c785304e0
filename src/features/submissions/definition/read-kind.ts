import { parse } from 'yaml'
import { PlainError } from '../../../messages/plain-error.ts'
import { type KindField, type KindFile, kindSchema } from './schema.ts'

/**
 * Reads a kind's file and checks that it hangs together: every name that is used is there, nothing leads nowhere.
 * Throws PlainError `submissions:definition.wrong` with the places, in the words of the file.
 * @param file Its name, for the message.
 */
export function readKind(text: string, file: string): KindFile {
  let given: unknown
  try {
    given = parse(text)
  } catch (error) {
    const where = error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
    throw wrong(file, [where])
  }
  const { success, data, error } = kindSchema.safeParse(given)
  if (!success) {
    throw wrong(
      file,
      error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    )
  }
  const kind = withVarieties(data)
  const problems = findProblems(kind)
  if (problems.length > 0) throw wrong(file, problems)
  return kind
}

/** The varieties stand in one place: a field that sets them and names no options has these. */
function withVarieties(kind: KindFile): KindFile {
  const withOptions = (field: KindField): KindField =>
    field.sets === 'variety' && !field.options ? { ...field, options: kind.varieties } : field
  return { ...kind, pages: kind.pages.map((page) => ({ ...page, fields: page.fields.map(withOptions) })) }
}

function wrong(file: string, problems: readonly string[]): PlainError {
  return new PlainError('submissions:definition.wrong', { file, problems: problems.slice(0, 5).join('；') })
}

/** What no schema sees: names that point nowhere, and states that nobody can leave or reach. */
function findProblems(kind: KindFile): string[] {
  const { states, actions, pages } = kind
  const problems: string[] = []
  const fields = pages.flatMap((page) => page.fields)
  const hasField = (name: string) => fields.some((field) => field.name === name)
  const hasState = (name: string) => Object.hasOwn(states, name)
  const missing = (place: string, name: string) => problems.push(`${place}: ${name}`)

  if (new Set(fields.map(({ name }) => name)).size < fields.length) problems.push('pages: field twice')
  if (!hasField(kind.subject)) missing('subject', kind.subject)
  if (kind.expected !== undefined && !hasField(kind.expected)) missing('expected', kind.expected)
  if (kind.applied !== undefined && !hasField(kind.applied)) missing('applied', kind.applied)
  for (const name of kind.searched) if (!hasField(name)) missing('searched', name)
  for (const { field } of kind.admission) if (!hasField(field)) missing('admission', field)
  for (const { name, when } of pages)
    if (when && !hasField(when.field)) missing(`pages.${name}.when`, when.field)
  for (const { field } of kind.advice) if (!hasField(field)) missing('advice', field)
  for (const variety of Object.keys(kind.rubrics)) {
    if (!kind.varieties.some(({ value }) => value === variety)) missing('rubrics', variety)
  }
  if (!hasState(kind.start)) missing('start', kind.start)
  for (const field of [...fields, ...Object.values(actions).flatMap((action) => action.fields)]) {
    const wantsOptions = field.type === 'select' || field.type === 'multi-select'
    if (wantsOptions !== (field.options !== undefined)) missing('options', field.name)
  }
  // Offers, agreements and milestones lie open, so what they are about may not be hidden.
  const isHidden = kind.sealed || kind.naming.some((naming) => naming !== 'signed')
  if (isHidden && kind.offers) missing('offers', 'naming')

  const reached = new Set([kind.start])
  const left = new Set<string>()
  for (const [name, action] of Object.entries(actions)) {
    const place = `actions.${name}`
    const following = followers(action.to, action.from)
    for (const state of [...action.from, ...following]) if (!hasState(state)) missing(place, state)
    for (const state of following) reached.add(state)
    for (const state of action.from) {
      const takesUp = action.does.includes('reopen') || action.does.includes('take-up')
      if (states[state]?.final && !takesUp && action.to !== 'same') missing(`${place}.from`, state)
      if (following.some((next) => next !== state)) left.add(state)
    }
    if (typeof action.to !== 'string') {
      const chosen = action.fields.find(
        (field) => typeof action.to !== 'string' && field.name === action.to.field,
      )
      const values = chosen?.options?.map(({ value }) => value) ?? []
      if (chosen?.type !== 'select' || !chosen.required) missing(`${place}.to`, action.to.field)
      for (const value of values)
        if (!Object.hasOwn(action.to.states, value)) missing(`${place}.to.states`, value)
    }
    if (action.does.includes('publish') && !action.needs.includes('proposed')) missing(place, 'proposed')
    if (action.does.includes('review') && !kind.rubric) missing(place, 'rubric')
    if (action.does.includes('post') && !action.fields.some(({ sets }) => sets === 'published')) {
      missing(`${place}.does.post`, 'published')
    }
    if (action.does.includes('showcase') && !action.fields.some(({ sets }) => sets === 'groups')) {
      missing(`${place}.does.showcase`, 'groups')
    }
  }
  for (const [name, state] of Object.entries(states)) {
    if (!reached.has(name)) missing('states', `${name} is never reached`)
    if (!state.final && !left.has(name)) missing('states', `${name} is never left`)
    if (!state.clock) continue
    const action = Object.hasOwn(actions, state.clock.action) ? actions[state.clock.action] : undefined
    if (!action?.by.includes('clock') || !action.from.includes(name))
      missing(`states.${name}.clock`, state.clock.action)
  }
  for (const name of endlessClocks(kind)) missing(`actions.${name}`, 'clock')
  return problems
}

/**
 * Actions that the clock does as soon as it may, and that lead back to themselves by nothing but such actions: a record
 * would never come to rest.
 */
function endlessClocks({ states, actions }: KindFile): string[] {
  const next = new Map<string, Set<string>>()
  const immediate = Object.entries(actions).filter(([, { by }]) => by.includes('clock'))
  for (const [name, { from, to }] of immediate) {
    for (const state of from) {
      if (states[state]?.clock?.action === name) continue
      next.set(state, new Set([...(next.get(state) ?? []), ...followers(to, [state])]))
    }
  }
  const leadsBack = (state: string) => {
    const reached = new Set(next.get(state))
    for (const one of reached) for (const further of next.get(one) ?? []) reached.add(further)
    return reached.has(state)
  }
  return immediate.flatMap(([name, { from }]) =>
    from.some((state) => states[state]?.clock?.action !== name && leadsBack(state)) ? [name] : [],
  )
}

function followers(to: KindFile['actions'][string]['to'], from: readonly string[]): readonly string[] {
  if (to === 'same') return from
  return typeof to === 'string' ? [to] : Object.values(to.states)
}
