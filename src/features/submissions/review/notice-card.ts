import type { Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { openButton } from '../cards.ts'
import type { Submission } from '../records.ts'

/** The published text and nothing else of the record, with the buttons that everybody has. */
export function noticeCard(submission: Submission, text: string, language: Language): Card {
  const { row } = submission
  return {
    tone: 'info',
    title: translate(language, 'review:notice.title', { number: row.number }),
    blocks: [
      { type: 'text', runs: [{ text }] },
      { type: 'note', text: translate(language, 'review:notice.how') },
      {
        type: 'buttons',
        buttons: [
          {
            label: translate(language, 'review:notice.object'),
            action: 'submissions.object',
            value: { submission: row.id },
            opens: 'beside',
          },
          openButton(submission, language),
        ],
      },
    ],
  }
}
