import type { Language } from '../../src/chat/language.ts'
import { goneChatsCard } from '../../src/features/circulation/look-after.ts'
import type { NoticesContext } from '../../src/features/notices/context.ts'
import { groupDigestCard } from '../../src/features/notices/groups/group-card.ts'
import { missingCard } from '../../src/features/notices/missing-card.ts'
import { compileCard, linksCard, savedLinkCard } from '../../src/features/notices/news/link-cards.ts'
import { newsPart } from '../../src/features/notices/news/news-part.ts'
import {
  noticeCard,
  noticesCard,
  previewCard,
  standingCard,
  textCard,
} from '../../src/features/notices/notice-cards.ts'
import { noticeForms } from '../../src/features/notices/notice-forms.ts'
import { type Notice, type NoticeRow, noticeKinds } from '../../src/features/notices/records.ts'
import type { Values } from '../forms/form-house.ts'
import { hardText, type Sizes } from './extreme-texts.ts'
import type { Walked } from './walked-cards.ts'

const context = {} as unknown as NoticesContext

export const noticesForms = [...noticeForms(context), ...newsPart(context).forms]

/** What is taken in fields that are read further than their type says. */
export const noticesAnswers: Values = {
  ...{ organisation: '集团', toKinds: ['groups', 'members', 'people'], toAt: '集团', toRoles: [] },
  ...{ toPeople: '李四、王五', asks: 'yes', until: '2036-12-31', url: 'https://a.example/1' },
}

const at = '2026-03-02T01:00:00.000Z'
const reader = { person: null, chat: null, why: 'first' as const }

function noticeOf({ title, clause, name, remark, many }: Sizes, state: NoticeRow['state']): Notice {
  const link = (n: number) => ({
    ...{
      id: `l${n}`,
      organisation: 'o',
      url: 'https://a.example/1',
      title,
      note: remark,
      state: 'used' as const,
    },
    ...{
      topic: (['strategy', 'news', 'showcase'] as const)[n % 3]!,
      notice: 'n',
      saved_by: 'p',
      saved_at: at,
    },
  })
  return {
    row: {
      ...{ id: 'n'.repeat(36), number: 'TZ-2026-0001', kind: noticeKinds[many % 4]!, title: hard(title, 60) },
      ...{
        text: hard(clause, 3000),
        organisation: 'o',
        audience: '{}',
        asks: 1,
        until: at,
        remind: '[1]',
        state,
      },
      ...{ revision: 0, reason: state === 'withdrawn' ? remark : '', made_by: 'p', made_at: at, sent_at: at },
      corrected_at: at,
    },
    organisation: name,
    files: [
      { position: 0, name: title, type: 'application/pdf', blob: 'b', url: 'https://bot.example/handed/t/1' },
    ],
    links: Array.from({ length: Math.min(many, 20) }, (_, n) => link(n)),
  }
}

const hard = (text: string, most: number) => (text.length > most ? hardText(most) : text)

const makersIn = (file: string, names: readonly string[]) =>
  names.map((name) => `src/features/${file}#${name}`)

export const walkedNotices: Walked[] = [
  {
    makers: [
      ...makersIn('notices/notice-cards.ts', ['textCard', 'noticeCard', 'previewCard', 'standingCard']),
      ...makersIn('notices/notice-cards.ts', ['noticesCard']),
      ...makersIn('notices/missing-card.ts', ['missingCard']),
      ...makersIn('circulation/look-after.ts', ['goneChatsCard']),
    ],
    cards(language: Language, sizes: Sizes) {
      const { name, title, many } = sizes
      const [sent, draft, withdrawn] = (['sent', 'draft', 'withdrawn'] as const).map((state) =>
        noticeOf(sizes, state),
      ) as [Notice, Notice, Notice]
      const names = Array.from({ length: many }, () => name)
      const soFar = { read: many, unread: many, names }
      const chat = { platform: 'feishu', installation: 't', chat: 'c' }
      const standing = {
        read: many,
        unread: many,
        unreachable: many,
        waiting: many,
        chats: many,
        whom: 'w'.repeat(22),
      }
      const reached = { people: many, unreachable: many, chats: many, whom: 'w'.repeat(22) }
      const audience = names.slice(0, 5)
      return [
        noticeCard(sent, { ...reader, language }, null),
        noticeCard(sent, { ...reader, language, chat }, soFar),
        noticeCard(sent, { ...reader, language, why: 'reminder' }, soFar),
        noticeCard(withdrawn, { ...reader, language }, null),
        previewCard(draft, { audience, reached, remindAt: [new Date(at)] }, language),
        previewCard(draft, { audience, reached, remindAt: [] }, language),
        ...[sent, draft, withdrawn].map((notice) => standingCard(notice, standing, language)),
        ...(['made', 'mine'] as const).map((list) => {
          const listed = Array.from({ length: Math.min(many, 8) }, () => ({ notice: sent, state: name }))
          return noticesCard({ listed, from: 0, count: many + 1, list }, language)
        }),
        missingCard(
          sent,
          {
            people: names.slice(0, 40).map((one) => ({ name: one, organisation: name })),
            ...{ from: 0, count: many + 1 },
          },
          language,
        ),
        missingCard(sent, { people: [], from: 0, count: 0 }, language),
        goneChatsCard({ title, gone: names }, language),
        textCard(title),
      ]
    },
  },
  {
    makers: [
      ...makersIn('notices/news/link-cards.ts', ['savedLinkCard', 'linksCard', 'compileCard']),
      ...makersIn('notices/groups/group-card.ts', ['groupDigestCard']),
    ],
    cards(language: Language, sizes: Sizes) {
      const { links } = noticeOf(sizes, 'sent')
      const { name, title, many } = sizes
      const due = Array.from({ length: 5 }, () => ({ day: '2026-03-02', title }))
      const figures = {
        ...{ from: '2026-02-23', until: '2026-03-02', next: '2026-03-09', submissions: many, events: many },
        ...{ notices: many, due, dueCount: 9 },
      }
      const picture = {
        type: 'picture',
        name: 'a.png',
        blob: 'b',
        alt: title,
        url: 'https://bot.example/1',
      } as const
      return [
        savedLinkCard(links[0]!, many, language),
        linksCard(links, language),
        linksCard([], language),
        ...(['week', 'month'] as const).flatMap((rhythm) => [
          compileCard(many, rhythm, language),
          groupDigestCard({ organisation: name, figures, rhythm }, language),
          groupDigestCard({ organisation: name, figures, rhythm }, language, picture),
          groupDigestCard(
            { organisation: name, figures: { ...figures, due: [], dueCount: 0 }, rhythm },
            language,
          ),
        ]),
      ]
    },
  },
]
