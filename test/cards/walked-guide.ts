import { guideCard, sayingsCard } from '../../src/features/guide/guide-cards.ts'
import { circles, sayingsOf, themes } from '../../src/features/guide/themes.ts'
import { hardText } from './extreme-texts.ts'
import type { Walked } from './walked-cards.ts'

const folder = 'src/features/guide/guide-cards.ts'

/** 帮助 for everybody, with every word at once, and with words that were added as data. */
export const walkedGuide: Walked[] = [
  {
    makers: [`${folder}#guideCard`, `${folder}#sayingsCard`],
    cards: (language) =>
      circles.flatMap((circle) => {
        const others = Array.from({ length: 60 }, (_, at) => `${hardText(20)}${at}`)
        const reader = { language, circle, works: () => true, isWord: () => true, others }
        const everything = { sayings: themes.flatMap((theme) => sayingsOf(theme, language)) }
        return [
          guideCard(reader),
          guideCard({ ...reader, others: [] }),
          ...themes.map((theme) => sayingsCard({ theme }, '', reader)),
          sayingsCard(everything, hardText(60), reader),
        ]
      }),
  },
]
