/** What may be said in place of an answer. */
export type StepWord = 'back' | 'skip' | 'clear' | 'save' | 'cancel' | 'submit' | 'change'

const words: Record<StepWord, string[]> = {
  back: ['上一步', '上一项', '返回', '返回上一步', 'back', 'previous', 'go back'],
  // Also how one goes on where several files or choices are given one by one.
  skip: ['跳过', '略过', '下一步', '下一项', '选好了', '好了', '完成', 'skip', 'next', 'done'],
  clear: ['清空', '清除', 'clear'],
  save: ['保存草稿', '保存', '存草稿', 'save', 'save draft'],
  cancel: ['取消', '取消填写', '不填了', 'cancel'],
  submit: ['提交', '确认提交', '确认', 'submit', 'send'],
  change: ['修改', '更改', 'change', 'edit'],
}

const byText = new Map(
  Object.entries(words).flatMap(([word, texts]) => texts.map((text) => [text, word as StepWord] as const)),
)

export function isStepWord(word: string): word is StepWord {
  return Object.hasOwn(words, word)
}

/** The word that a text is and nothing else; null: it is an answer. */
export function stepWordOf(text: string): StepWord | null {
  return byText.get(bareAnswer(text)) ?? null
}

/** As answers are compared: without case, width, white space around, and the quotes and stops people put around words. */
export function bareAnswer(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase().trim().replaceAll(/\s+/g, ' ')
  return folded.length > 200
    ? folded
    : folded
        .replace(/^["'“‘「『]+/, '')
        .replace(/["'”’」』。.!?,;、]+$/, '')
        .trim()
}
