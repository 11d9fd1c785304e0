import type { Card } from '../../src/chat/card.ts'
import type { FormDefinition, Submission } from '../../src/forms/definition.ts'

/** The record that the sample form makes, as its `submit` was given it. */
export type SampleRecord = Pick<Submission, 'draft' | 'values' | 'context' | 'person' | 'account'>

function sampleReceipt(number: string): Card {
  return { tone: 'info', title: number, blocks: [{ type: 'note', text: number }] }
}

/**
 * A form with a field of every type, on pages of which one depends on another. Its texts are keys of the
 * catalogues that happen to be short; what they say does not matter.
 * @param keep Told of each record that is made. Default: nothing is kept.
 */
export function sampleForm(keep: (submission: Submission) => Promise<string> = async () => 'YB-2026-0001') {
  const form: FormDefinition = {
    name: 'sample.everything',
    version: 1,
    title: 'web:title',
    pages: [
      {
        name: 'about',
        intro: ['web:hint'],
        fields: [
          { name: 'title', type: 'text', label: 'web:new-conversation', required: true, least: 2, most: 40 },
          { name: 'story', type: 'long-text', label: 'web:conversation', hint: 'web:hint', most: 300 },
          {
            name: 'kind',
            type: 'select',
            label: 'web:send',
            required: true,
            options: [
              { value: 'paper', label: 'console:role.staff' },
              { value: 'device', label: 'console:role.cadre' },
              { value: 'process', label: 'console:role.leader' },
            ],
          },
          {
            name: 'areas',
            type: 'multi-select',
            label: 'web:close',
            most: 2,
            options: [
              { value: 'safety', label: 'console:kind.group' },
              { value: 'quality', label: 'console:kind.branch' },
              { value: 'energy', label: 'console:kind.team' },
            ],
          },
        ],
      },
      {
        name: 'figures',
        intro: [],
        when: ({ kind }) => kind !== 'paper',
        fields: [
          { name: 'people', type: 'number', label: 'web:client.you', required: true, least: 1, most: 500 },
          { name: 'saving', type: 'money', label: 'web:client.bot', example: 'web:empty' },
          { name: 'day', type: 'date', label: 'web:client.copy', required: true },
          { name: 'hour', type: 'time', label: 'web:client.retry' },
        ],
      },
      {
        name: 'whose',
        intro: [],
        fields: [
          { name: 'author', type: 'person', label: 'web:sign-out', seenBy: 'web:hint' },
          { name: 'unit', type: 'organisation', label: 'web:to-chat', seenBy: 'web:hint' },
          { name: 'drawings', type: 'file', label: 'web:busy', most: 2 },
          { name: 'agreed', type: 'checkbox', label: 'web:sign-in-first', required: true },
        ],
      },
    ],
    async submit(submission) {
      const number = await keep(submission)
      return { number, card: sampleReceipt(number) }
    },
  }
  return form
}
