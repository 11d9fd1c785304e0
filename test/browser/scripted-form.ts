import type { Acknowledgement, FieldView, FormView } from '../../src/chat/form-view.ts'
import type { IncomingPage } from '../../src/chat/incoming.ts'

const field = (
  name: string,
  label: string,
  type: FieldView['type'],
  more: Partial<FieldView> = {},
): FieldView => ({
  ...{ name, label, type, hint: '', example: '', required: false, options: [], value: '', problem: '' },
  ...more,
})

const topics = ['组织建设', '经费', '“讲、比”活动'].map((label, index) => ({ value: `t${index}`, label }))

/** A form that is filled in by a script: two pages with every kind of field, and the summary. */
export function createScriptedForm() {
  const values: Record<string, string | string[]> = {}
  const pages: { name: string; intro: string[]; fields: () => FieldView[] }[] = [
    {
      name: 'question',
      intro: ['您的问题会转给本单位科协的联络员，答复会发回这里。填写的内容只有联络员和管理员能看到。'],
      fields: () => [
        field('title', '您的问题', 'text', {
          required: true,
          hint: '一句话写明想了解什么。',
          example: '企业科协的经费从哪里来？',
        }),
        field('details', '补充说明', 'long-text', { hint: '有助于答复的背景，可以不填。' }),
        field('topic', '问题类别', 'select', { required: true, options: topics }),
        field('also', '还涉及哪些方面', 'multi-select', { options: topics, value: [] }),
        field('people', '涉及人数', 'number', { example: '120' }),
        field('money', '涉及金额（元）', 'money', { example: '50000' }),
        field('day', '希望答复的日期', 'date'),
        field('time', '方便联系的时间', 'time'),
      ],
    },
    {
      name: 'contact',
      intro: ['请留下单位和联系人。'],
      fields: () => [
        field('organisation', '单位', 'organisation', { required: true, example: '华北重工' }),
        field('contact', '联系人', 'person'),
        field('copies', '同时抄送', 'people'),
        field('papers', '附件', 'file', {
          hint: '图片、PDF 或 Office 文档，每个不超过 20 MB。',
          value: files,
        }),
        field('agree', '答复可以供本单位其他同事查阅', 'checkbox'),
      ],
    },
  ]
  const files: string[] = []

  const show = (at: number, problems: Record<string, string> = {}): FormView => {
    const page = pages[at]
    return {
      draft: 'draft-1',
      title: '转请科协干部解答',
      page: page?.name ?? 'summary',
      step: { at: at + 1, of: pages.length + 1 },
      intro: page?.intro ?? ['请核对后提交。提交后会得到一个受理编号。'],
      fields: (page?.fields() ?? []).map((one) => ({
        ...one,
        value: values[one.name] ?? one.value,
        problem: problems[one.name] ?? '',
      })),
      summary: page
        ? []
        : pages.flatMap(({ fields }) =>
            fields().map(({ name, label }) => ({ label, value: String(values[name] ?? '') || '（未填）' })),
          ),
      steps: page
        ? at === 0
          ? ['next', 'save', 'cancel']
          : ['back', 'next', 'save', 'cancel']
        : ['back', 'submit', 'save', 'cancel'],
    }
  }

  return {
    values,
    files,
    /** How often each step was taken. */
    taken: [] as string[],
    open: () => show(0),
    answer({ page, step, values: given }: IncomingPage): Acknowledgement {
      this.taken.push(`${page}.${step}`)
      Object.assign(values, given)
      const at = pages.findIndex(({ name }) => name === page)
      const here = at < 0 ? pages.length : at
      if (step === 'cancel') return { closed: true, toast: '已取消，没有保存。' }
      if (step === 'save') return { closed: true, toast: '草稿已保存。' }
      if (step === 'submit') return { closed: true, toast: '已提交，受理编号 K-2026-0001。' }
      if (step === 'back') return { form: show(here - 1) }
      const missing = (pages[here]?.fields() ?? []).filter(({ name, required }) => required && !values[name])
      const problems = Object.fromEntries(missing.map(({ name }) => [name, '这一项必须填写。']))
      return { form: missing.length > 0 ? show(here, problems) : show(here + 1) }
    },
  }
}
