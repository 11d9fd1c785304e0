import type { Kind, KindAction } from '../../definition/schema.ts'
import { bareHeading } from '../columns.ts'

type Outcome = Kind['states'][string]['counts'][number]

/** What old ledgers say of what became of something, whatever its kind calls it. */
const commonWords: Record<'start' | Outcome, readonly string[]> = {
  start: [
    ...[
      '待处理',
      '未处理',
      '待受理',
      '未受理',
      '待审核',
      '待评审',
      '待办',
      '已登记',
      '登记',
      '新提交',
      '已提交',
    ],
    ...['待定', 'pending', 'open', 'new'],
  ],
  admitted: ['已受理', '受理', '处理中', '办理中', '审核中', '已立案', '立案', 'in progress', 'admitted'],
  decided: ['已评审', '已审核', '已评定', 'decided'],
  adopted: [
    ...[
      '已采纳',
      '采纳',
      '采用',
      '已采用',
      '已通过',
      '通过',
      '同意',
      '同意采纳',
      '是',
      '待实施',
      '拟实施',
      '推广',
    ],
    ...['推广实施', '同意实施', '可行', 'adopted', 'accepted', 'yes', 'approved'],
  ],
  declined: [
    ...[
      '未采纳',
      '不采纳',
      '不予采纳',
      '不采用',
      '未采用',
      '否',
      '未通过',
      '不通过',
      '不同意',
      '驳回',
      '否决',
    ],
    ...['不可行', '不予立项', 'declined', 'rejected', 'no', 'not adopted'],
  ],
  completed: [
    ...['已实施', '实施完成', '已实施完成', '已完成', '完成', '已落实', '落实', '已办结', '办结', '已整改'],
    ...[
      '整改完成',
      '已解决',
      '解决',
      '已答复',
      '已回复',
      '已结案',
      '结案',
      'completed',
      'implemented',
      'done',
    ],
  ],
}

/**
 * The states that a record went through on its way from the start to what a ledger's word says, as far as they count for
 * something; the last is where it stands. Null where the word says nothing of this kind.
 * @param named Names of states by words, as a mapping file has them.
 */
export function statesOfWord(
  kind: Kind,
  word: string,
  named: Readonly<Record<string, string>> = {},
): string[] | null {
  const wanted = bareHeading(word)
  const mapped = Object.entries(named).find(([given]) => bareHeading(given) === wanted)?.[1]
  if (mapped !== undefined) return Object.hasOwn(kind.states, mapped) ? wayTo(kind, mapped) : null
  const states = Object.entries(kind.states)
  const isTitle = (title: Record<string, string>, bare: (text: string) => string) =>
    Object.values(title).some((one) => bare(one) === bare(word))
  // What stands in brackets tells 已办结（满意） from 已办结（不满意）; without it the word may still say enough.
  const titled =
    states.find(
      ([name, { title }]) => name === wanted || isTitle(title, (text) => text.normalize('NFKC').trim()),
    ) ?? states.find(([, { title }]) => isTitle(title, bareHeading))
  if (titled) return wayTo(kind, titled[0])
  const outcomes = Object.keys(commonWords) as (keyof typeof commonWords)[]
  const outcome = outcomes.find((one) => commonWords[one].some((known) => bareHeading(known) === wanted))
  if (outcome !== undefined) return outcome === 'start' ? [] : wayToOutcome(kind, outcome)
  const parts = states.filter(([, { title }]) =>
    Object.values(title).some((one) => one.split(/[，,]/).some((part) => bareHeading(part) === wanted)),
  )
  return parts.length === 1 ? wayTo(kind, parts[0]![0]) : null
}

function wayToOutcome(kind: Kind, outcome: Outcome): string[] | null {
  const first = Object.entries(kind.states).find(([, { counts }]) => counts.includes(outcome))?.[0]
  if (first === undefined) return null
  const way = wayTo(kind, first)
  if (outcome !== 'completed' || way === null || kind.states[first]?.final) return way
  // What was completed long ago waits for nobody: it goes on to where nothing more becomes of it.
  const isEnd = (state: string) => kind.states[state]?.final === true
  // By what is usual: what the clock does, and the first button. Other ways to an end are for what went wrong.
  const usual = ({ by, style }: KindAction) => style === 'primary' || by.includes('clock')
  const on = path(kind, first, isEnd, usual) ?? path(kind, first, isEnd)
  return on === null ? way : [...way, on.at(-1)!]
}

function wayTo(kind: Kind, target: string): string[] | null {
  if (target === kind.start) return []
  const way = path(kind, kind.start, (state) => state === target)
  return way?.filter((state) => state === target || (kind.states[state]?.counts.length ?? 0) > 0) ?? null
}

/** What takes a record out of its course is no way through it. */
const aside: readonly Kind['actions'][string]['does'][number][] = ['erase', 'withdraw', 'merge']

/** The shortest way by such actions, without where it begins; null where there is none. */
function path(
  kind: Kind,
  from: string,
  isEnd: (state: string) => boolean,
  isWay: (action: KindAction) => boolean = () => true,
): string[] | null {
  const before = new Map<string, string | null>([[from, null]])
  const queue = [from]
  for (const state of queue) {
    if (state !== from && isEnd(state)) {
      const way: string[] = []
      for (let at: string | null = state; at !== null && at !== from; at = before.get(at) ?? null)
        way.unshift(at)
      return way
    }
    for (const action of Object.values(kind.actions)) {
      const { from: places, to, does } = action
      if (
        !isWay(action) ||
        !places.includes(state) ||
        to === 'same' ||
        does.some((effect) => aside.includes(effect))
      )
        continue
      for (const next of typeof to === 'string' ? [to] : Object.values(to.states)) {
        if (before.has(next)) continue
        before.set(next, state)
        queue.push(next)
      }
    }
  }
  return null
}
