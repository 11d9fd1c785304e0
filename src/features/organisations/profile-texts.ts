import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import {
  type Association,
  associations,
  type Mode,
  modes,
  type Possession,
  type Profile,
  possessions,
} from './profile.ts'
import type { ProfileField } from './profile-rules.ts'

export function associationTitle(association: Association, language: Language): string {
  return translate(language, `organisations:association.${association}`)
}

/** Empty where it is not decided. */
export function modeTitle(mode: Mode | null, language: Language): string {
  return mode === null ? '' : translate(language, `organisations:mode.${mode}`)
}

function possessionTitle(possession: Possession, language: Language): string {
  return translate(language, `organisations:has.${possession}`)
}

export function fieldTitle(field: ProfileField, language: Language): string {
  return translate(language, `organisations:field.${field}`)
}

/** Five marks in their order: ● what there is, ○ what there is not. */
export function marksOf({ has }: Pick<Profile, 'has'>, language: Language): string {
  return possessions.map((one) => `${has[one] ? '●' : '○'} ${possessionTitle(one, language)}`).join('  ')
}

/** A value as it is kept in the history, as people read it; empty: none. */
export function keptText(field: ProfileField, kept: string, language: Language): string {
  if (field === 'association') {
    const found = associations.find((one) => one === kept)
    return found ? associationTitle(found, language) : kept
  }
  if (field === 'mode') return modeTitle(modes.find((one) => one === kept) ?? null, language)
  if (field !== 'has') return kept
  const there = possessions.filter((one) => kept.split(',').includes(one))
  return there.map((one) => possessionTitle(one, language)).join('、')
}
