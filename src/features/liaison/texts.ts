import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import type { Gap } from './coverage.ts'
import type { LiaisonRole, VisitKind } from './rules.ts'

const longestLine = 200

/** A text of one line, shortened where it is long. */
export function clipped(text: string, most = longestLine): string {
  const letters = Array.from(text.replaceAll(/\s+/gu, ' '))
  return letters.length <= most ? letters.join('') : `${letters.slice(0, most - 1).join('')}…`
}

export function roleTitle(role: LiaisonRole, language: Language): string {
  return translate(language, `liaison:role.${role}`)
}

export function visitTitle(kind: VisitKind, language: Language): string {
  return translate(language, `liaison:kind.${kind}`)
}

/** What is missing, in a few words. */
export function gapText(gap: Gap, language: Language): string {
  switch (gap.type) {
    case 'nobody': {
      const roles = gap.roles.map((role) => roleTitle(role, language)).join(language === 'en' ? ', ' : '、')
      return translate(language, 'liaison:gap.nobody', { roles })
    }
    case 'left':
      return translate(language, 'liaison:gap.left', { role: roleTitle(gap.role, language), name: gap.name })
    case 'unvisited':
      return translate(language, gap.isVisited ? 'liaison:gap.unvisited' : 'liaison:gap.never', {
        day: gap.since,
      })
    case 'overdue':
      return translate(language, 'liaison:gap.overdue', { count: gap.count })
  }
}
