import type { Language } from '../../src/chat/language.ts'
import {
  gapsCard,
  outcomeCard,
  ownPointsCard,
  pointCard,
  textCard,
  visitCard,
} from '../../src/features/liaison/cards.ts'
import type { Liaison } from '../../src/features/liaison/context.ts'
import type { GapPoint } from '../../src/features/liaison/coverage.ts'
import { assigningForms } from '../../src/features/liaison/forms.ts'
import type { VisitRecord } from '../../src/features/liaison/records.ts'
import { liaisonRoles, readLiaisonRules } from '../../src/features/liaison/rules.ts'
import { visitForms } from '../../src/features/liaison/visit-forms.ts'
import type { Values } from '../forms/form-house.ts'
import type { Sizes } from './extreme-texts.ts'
import type { Walked } from './walked-cards.ts'

const context = { rules: readLiaisonRules('knowledge') } as Liaison

export const liaisonForms = [...assigningForms(context), ...visitForms(context)]

/** Visits are of the last year, by the clock of the machine. */
const lately = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10)

/** What is taken in fields that are read further than their type says. */
export const liaisonAnswers: Values = {
  ...{ role: 'liaison', holder: '李四', person: '王五', until: '2199-12-31', times: '12' },
  ...{ day: lately, needs: '一项需求\n另一项需求', promises: '协调设备检定；王五；2030-12-31' },
}

const folder = 'src/features/liaison'
const id = 'i'.repeat(36)
const promised = {
  ...{ id, visit: id, position: 0, owner: id, due_day: '2026-03-31', done_on: '2026-03-26' },
  ...{ organisation: id, number: 'ZF-2026-0001', by: id },
}

function gapPoint({ name, title, many }: Sizes, lastVisit: string | null): GapPoint {
  return {
    point: {
      ...{ organisation: id, name, path: `${name}/${name}/${name}`, isPark: true, region: title },
      needed: ['instructor', 'liaison'],
      holders: liaisonRoles.map((role) => ({
        ...{ id, role, person: id, name, since: '2026-03-02', hasLeft: false },
      })),
      lastVisit,
      promises: { open: many, kept: 0, overdue: many },
    },
    gaps: [
      { type: 'nobody', roles: ['instructor', 'liaison'] },
      { type: 'left', role: 'liaison', name },
      { type: 'unvisited', since: '2026-03-02', isVisited: lastVisit !== null },
      { type: 'overdue', count: many },
    ],
  }
}

function visit({ name, title, background, remark, many }: Sizes): VisitRecord {
  const each = <T>(make: (at: number) => T) => Array.from({ length: many }, (_, at) => make(at))
  return {
    row: {
      ...{ id, number: 'ZF-2026-0001', organisation: id, kind: 'visit', day: '2026-03-02', by: id },
      ...{ people: remark, summary: background, at: '2026-03-02T01:00:00.000Z', item: null },
    },
    ...{ organisation: name, by: name },
    needs: each((position) => ({ position, text: title, submission: position % 2 ? 'YJ-2026-0001' : null })),
    promises: each((position) => ({
      ...{ ...promised, position, text: title, note: remark, ownerName: name },
      state: (['open', 'kept', 'dropped'] as const)[position % 3]!,
    })),
    photos: each((position) => ({ position, name: title, type: 'image/png', size: 1, blob: 'aa' })),
  }
}

export const walkedLiaison: Walked[] = [
  {
    makers: [
      ...['gapsCard', 'outcomeCard', 'ownPointsCard', 'pointCard', 'textCard', 'visitCard'].map(
        (name) => `${folder}/cards.ts#${name}`,
      ),
    ],
    cards(language: Language, sizes: Sizes) {
      const gaps = Array.from({ length: Math.max(1, sizes.many) }, (_, at) =>
        gapPoint(sizes, at % 2 ? '2026-03-02' : null),
      )
      const [rule] = context.rules.duties
      const duties = gaps.map(() => ({ id, rule: rule!, person: id, times: 12, until: '2026-03-31' }))
      const shown = {
        ...{ ...gaps[0]!, duties },
        visits: gaps.map(() => ({
          ...{ id, number: 'ZF-2026-0001', kind: 'visit' as const, day: '2026-03-02', byName: sizes.name },
        })),
        promises: gaps.map(() => ({
          ...{ id, text: sizes.title, due_day: '2026-03-31', ownerName: sizes.name },
        })),
      }
      const figures = { points: 1, covered: 0, visited: 0, promises: 1, kept: 0 }
      return [
        ...[true, false].flatMap((may) => [
          pointCard(shown, { records: may, assigns: may }, language),
          visitCard(visit(sizes), may, language),
          gapsCard({ gaps, from: 0, isDigest: may, ...(may ? {} : { figures }) }, language),
        ]),
        ownPointsCard(
          gaps.map(({ point }) => ({ point, roles: liaisonRoles, duties, openPromises: 3 })),
          0,
          language,
        ),
        ...(['kept', 'dropped'] as const).map((state) =>
          outcomeCard(
            {
              ...{ ...promised, state, text: sizes.title, note: sizes.remark },
              ...{ name: sizes.name, ownerName: sizes.name },
            },
            language,
          ),
        ),
        textCard(sizes.title, [{ label: 'x', action: 'liaison.show', value: { organisation: id } }]),
      ]
    },
  },
]
