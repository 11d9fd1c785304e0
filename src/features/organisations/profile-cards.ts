import { type Block, type Button, type Card, plain } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import { shortened } from './card-texts.ts'
import { missingOf } from './overview.ts'
import type { Profile } from './profile.ts'
import { associationTitle, fieldTitle, marksOf, modeTitle } from './profile-texts.ts'

export function textCard(text: string, buttons: Button[] = []): Card {
  return {
    tone: 'info',
    blocks: [
      { type: 'text', runs: plain(text) },
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** How an organisation stands. */
export interface ShownProfile {
  profile: Profile
  name: string
  sight: 'all' | 'public'
  edits: boolean
}

/** What is known of an organisation, as far as the reader sees it. */
export function profileCard({ profile, name, sight, edits }: ShownProfile, language: Language): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `organisations:card.${key}`, values)
  const fact = (field: Parameters<typeof fieldTitle>[0], value: string): Block[] =>
    value === ''
      ? []
      : [
          {
            type: 'text',
            runs: [
              { text: `${fieldTitle(field, language)}${language === 'en' ? ': ' : '：'}`, strong: true },
              ...plain(shortened(value)),
            ],
          },
        ]
  const count = (number: number | null) => (number === null ? say('unknown') : number)
  const isAll = sight === 'all'
  const missing = isAll ? missingOf(profile) : []
  const of = { organisation: profile.organisation }
  const buttons: Button[] = edits
    ? [
        {
          ...{ label: say('change'), action: 'organisations.edit', value: of, opens: 'beside' },
          style: 'primary',
        },
        ...(profile.association === 'founded'
          ? []
          : [{ label: say('founding'), action: 'founding.show', value: of, opens: 'beside' as const }]),
      ]
    : []
  return {
    tone: 'info',
    title: say('title', { name: shortened(name) }),
    blocks: [
      ...fact(
        'association',
        [associationTitle(profile.association, language), modeTitle(profile.mode, language)]
          .filter((part) => part !== '')
          .join(' · '),
      ),
      ...fact('region', profile.region),
      ...fact('industry', profile.industry),
      ...fact('foundedOn', profile.foundedOn ?? ''),
      ...(isAll ? fact('termEndsOn', profile.termEndsOn ?? '') : []),
      ...fact('chair', profile.chair),
      ...fact('secretary', profile.secretary),
      ...fact('members', profile.members === null ? '' : String(profile.members)),
      ...(isAll
        ? [
            {
              type: 'text' as const,
              runs: plain(
                say('people', { employees: count(profile.employees), workers: count(profile.stWorkers) }),
              ),
            },
            ...(profile.stCountedOn === null
              ? []
              : [{ type: 'note' as const, text: say('counted', { day: profile.stCountedOn }) }]),
            ...fact('has', marksOf(profile, language)),
            ...fact('note', profile.note),
          ]
        : [{ type: 'note' as const, text: say('public') }]),
      ...(missing.length > 0
        ? [
            {
              type: 'note' as const,
              text: say('missing', {
                fields: missing
                  .map((field) => fieldTitle(field, language))
                  .join(language === 'en' ? ', ' : '、'),
              }),
            },
          ]
        : []),
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** More buttons would not fit. */
const mostChoices = 8

/** Asks which of one's organisations is meant. */
export function chooseCard(
  organisations: readonly { id: string; name: string }[],
  action: 'organisations.show' | 'organisations.edit',
  language: Language,
): Card {
  const left = organisations.length - mostChoices
  const buttons = organisations.slice(0, mostChoices).map(
    ({ id, name }): Button => ({
      ...{ label: Array.from(name).slice(0, 30).join(''), action, value: { organisation: id } },
      opens: 'beside',
    }),
  )
  const card = textCard(translate(language, 'organisations:card.choose'), buttons)
  const note = translate(language, 'organisations:card.more', { count: left })
  return left > 0 ? { ...card, blocks: [...card.blocks, { type: 'note', text: note }] } : card
}
