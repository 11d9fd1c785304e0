import i18next from 'i18next'
import type { Language } from '../chat/language.ts'
import enAnnouncing from './en/announcing.json' with { type: 'json' }
import enAssessment from './en/assessment.json' with { type: 'json' }
import enCalendar from './en/calendar.json' with { type: 'json' }
import enCampaignPages from './en/campaign-pages.json' with { type: 'json' }
import enCampaigns from './en/campaigns.json' with { type: 'json' }
import enCarriers from './en/carriers.json' with { type: 'json' }
import enChat from './en/chat.json' with { type: 'json' }
import enCheckIn from './en/check-in.json' with { type: 'json' }
import enCirculation from './en/circulation.json' with { type: 'json' }
import enCollections from './en/collections.json' with { type: 'json' }
import enCommandLine from './en/command-line.json' with { type: 'json' }
import enConsole from './en/console.json' with { type: 'json' }
import enConsultations from './en/consultations.json' with { type: 'json' }
import enDelivery from './en/delivery.json' with { type: 'json' }
import enDoctor from './en/doctor.json' with { type: 'json' }
import enDocuments from './en/documents.json' with { type: 'json' }
import enDutyPages from './en/duty-pages.json' with { type: 'json' }
import enEventPages from './en/event-pages.json' with { type: 'json' }
import enEvents from './en/events.json' with { type: 'json' }
import enFeishu from './en/feishu.json' with { type: 'json' }
import enForms from './en/forms.json' with { type: 'json' }
import enFounding from './en/founding.json' with { type: 'json' }
import enGuide from './en/guide.json' with { type: 'json' }
import enHelp from './en/help.json' with { type: 'json' }
import enJudging from './en/judging.json' with { type: 'json' }
import enKnowledge from './en/knowledge.json' with { type: 'json' }
import enLiaison from './en/liaison.json' with { type: 'json' }
import enMaking from './en/making.json' with { type: 'json' }
import enMine from './en/mine.json' with { type: 'json' }
import enNotices from './en/notices.json' with { type: 'json' }
import enOrganisations from './en/organisations.json' with { type: 'json' }
import enPeople from './en/people.json' with { type: 'json' }
import enPlanning from './en/planning.json' with { type: 'json' }
import enPolicy from './en/policy.json' with { type: 'json' }
import enProblems from './en/problems.json' with { type: 'json' }
import enPushes from './en/pushes.json' with { type: 'json' }
import enRecurrence from './en/recurrence.json' with { type: 'json' }
import enRegistration from './en/registration.json' with { type: 'json' }
import enReminders from './en/reminders.json' with { type: 'json' }
import enReminding from './en/reminding.json' with { type: 'json' }
import enResources from './en/resources.json' with { type: 'json' }
import enReview from './en/review.json' with { type: 'json' }
import enSeal from './en/seal.json' with { type: 'json' }
import enSlack from './en/slack.json' with { type: 'json' }
import enSubmissions from './en/submissions.json' with { type: 'json' }
import enSummaries from './en/summaries.json' with { type: 'json' }
import enTerminal from './en/terminal.json' with { type: 'json' }
import enWeb from './en/web.json' with { type: 'json' }
import { PlainError } from './plain-error.ts'
import zhAnnouncing from './zh-CN/announcing.json' with { type: 'json' }
import zhAssessment from './zh-CN/assessment.json' with { type: 'json' }
import zhCalendar from './zh-CN/calendar.json' with { type: 'json' }
import zhCampaignPages from './zh-CN/campaign-pages.json' with { type: 'json' }
import zhCampaigns from './zh-CN/campaigns.json' with { type: 'json' }
import zhCarriers from './zh-CN/carriers.json' with { type: 'json' }
import zhChat from './zh-CN/chat.json' with { type: 'json' }
import zhCheckIn from './zh-CN/check-in.json' with { type: 'json' }
import zhCirculation from './zh-CN/circulation.json' with { type: 'json' }
import zhCollections from './zh-CN/collections.json' with { type: 'json' }
import zhCommandLine from './zh-CN/command-line.json' with { type: 'json' }
import zhConsole from './zh-CN/console.json' with { type: 'json' }
import zhConsultations from './zh-CN/consultations.json' with { type: 'json' }
import zhDelivery from './zh-CN/delivery.json' with { type: 'json' }
import zhDoctor from './zh-CN/doctor.json' with { type: 'json' }
import zhDocuments from './zh-CN/documents.json' with { type: 'json' }
import zhDutyPages from './zh-CN/duty-pages.json' with { type: 'json' }
import zhEventPages from './zh-CN/event-pages.json' with { type: 'json' }
import zhEvents from './zh-CN/events.json' with { type: 'json' }
import zhFeishu from './zh-CN/feishu.json' with { type: 'json' }
import zhForms from './zh-CN/forms.json' with { type: 'json' }
import zhFounding from './zh-CN/founding.json' with { type: 'json' }
import zhGuide from './zh-CN/guide.json' with { type: 'json' }
import zhHelp from './zh-CN/help.json' with { type: 'json' }
import zhJudging from './zh-CN/judging.json' with { type: 'json' }
import zhKnowledge from './zh-CN/knowledge.json' with { type: 'json' }
import zhLiaison from './zh-CN/liaison.json' with { type: 'json' }
import zhMaking from './zh-CN/making.json' with { type: 'json' }
import zhMine from './zh-CN/mine.json' with { type: 'json' }
import zhNotices from './zh-CN/notices.json' with { type: 'json' }
import zhOrganisations from './zh-CN/organisations.json' with { type: 'json' }
import zhPeople from './zh-CN/people.json' with { type: 'json' }
import zhPlanning from './zh-CN/planning.json' with { type: 'json' }
import zhPolicy from './zh-CN/policy.json' with { type: 'json' }
import zhProblems from './zh-CN/problems.json' with { type: 'json' }
import zhPushes from './zh-CN/pushes.json' with { type: 'json' }
import zhRecurrence from './zh-CN/recurrence.json' with { type: 'json' }
import zhRegistration from './zh-CN/registration.json' with { type: 'json' }
import zhReminders from './zh-CN/reminders.json' with { type: 'json' }
import zhReminding from './zh-CN/reminding.json' with { type: 'json' }
import zhResources from './zh-CN/resources.json' with { type: 'json' }
import zhReview from './zh-CN/review.json' with { type: 'json' }
import zhSeal from './zh-CN/seal.json' with { type: 'json' }
import zhSlack from './zh-CN/slack.json' with { type: 'json' }
import zhSubmissions from './zh-CN/submissions.json' with { type: 'json' }
import zhSummaries from './zh-CN/summaries.json' with { type: 'json' }
import zhTerminal from './zh-CN/terminal.json' with { type: 'json' }
import zhWeb from './zh-CN/web.json' with { type: 'json' }

/** Message catalogues, one file per language and part of the house; both languages have the same keys (tested). */
export const catalogues = {
  'zh-CN': {
    announcing: zhAnnouncing,
    assessment: zhAssessment,
    calendar: zhCalendar,
    'campaign-pages': zhCampaignPages,
    campaigns: zhCampaigns,
    carriers: zhCarriers,
    chat: zhChat,
    'check-in': zhCheckIn,
    circulation: zhCirculation,
    collections: zhCollections,
    'command-line': zhCommandLine,
    console: zhConsole,
    consultations: zhConsultations,
    delivery: zhDelivery,
    doctor: zhDoctor,
    documents: zhDocuments,
    'duty-pages': zhDutyPages,
    'event-pages': zhEventPages,
    events: zhEvents,
    feishu: zhFeishu,
    forms: zhForms,
    founding: zhFounding,
    guide: zhGuide,
    help: zhHelp,
    judging: zhJudging,
    knowledge: zhKnowledge,
    liaison: zhLiaison,
    making: zhMaking,
    mine: zhMine,
    notices: zhNotices,
    organisations: zhOrganisations,
    people: zhPeople,
    planning: zhPlanning,
    policy: zhPolicy,
    problems: zhProblems,
    recurrence: zhRecurrence,
    registration: zhRegistration,
    pushes: zhPushes,
    reminders: zhReminders,
    reminding: zhReminding,
    resources: zhResources,
    review: zhReview,
    seal: zhSeal,
    slack: zhSlack,
    submissions: zhSubmissions,
    summaries: zhSummaries,
    terminal: zhTerminal,
    web: zhWeb,
  },
  en: {
    announcing: enAnnouncing,
    assessment: enAssessment,
    calendar: enCalendar,
    'campaign-pages': enCampaignPages,
    campaigns: enCampaigns,
    carriers: enCarriers,
    chat: enChat,
    'check-in': enCheckIn,
    circulation: enCirculation,
    collections: enCollections,
    'command-line': enCommandLine,
    console: enConsole,
    consultations: enConsultations,
    delivery: enDelivery,
    doctor: enDoctor,
    documents: enDocuments,
    'duty-pages': enDutyPages,
    'event-pages': enEventPages,
    events: enEvents,
    feishu: enFeishu,
    forms: enForms,
    founding: enFounding,
    guide: enGuide,
    help: enHelp,
    judging: enJudging,
    knowledge: enKnowledge,
    liaison: enLiaison,
    making: enMaking,
    mine: enMine,
    notices: enNotices,
    organisations: enOrganisations,
    people: enPeople,
    planning: enPlanning,
    policy: enPolicy,
    problems: enProblems,
    recurrence: enRecurrence,
    registration: enRegistration,
    pushes: enPushes,
    reminders: enReminders,
    reminding: enReminding,
    resources: enResources,
    review: enReview,
    seal: enSeal,
    slack: enSlack,
    submissions: enSubmissions,
    summaries: enSummaries,
    terminal: enTerminal,
    web: enWeb,
  },
}

type Leaves<Catalogue> = {
  [Key in keyof Catalogue & string]: Catalogue[Key] extends string ? Key : `${Key}.${Leaves<Catalogue[Key]>}`
}[keyof Catalogue & string]

/** The keys of a part's messages, without the part; what names a group of messages is none. */
export type KeyOf<Part extends keyof (typeof catalogues)['zh-CN']> = Leaves<
  (typeof catalogues)['zh-CN'][Part]
>

const messages = i18next.createInstance()
messages.init({
  resources: catalogues,
  fallbackLng: 'zh-CN',
  interpolation: { escapeValue: false },
  initAsync: false,
})

/** What stands for a message that is missing; no message holds such a character. */
const none = '\0'

let told: ((key: string) => void) | undefined

/**
 * From now on a message that is missing is told to `tell`, and people read the last part of its key: they are better
 * served by the rest of the page than by none. Without this, as in tests, `translate` throws.
 */
export function tolerateMissingMessages(tell: (key: string) => void): void {
  told = tell
}

/** What people read: the key of a message, or the words themselves where they come from data files. */
export type Wording = string | Readonly<Record<Language, string>>

/**
 * The message `part:key` (e.g. `policy:refusal.title`) in a language, or given words, with the values filled in.
 * Throws where there is none or the key names a group of messages, unless that is tolerated.
 */
export function translate(
  language: Language,
  key: Wording,
  values: Record<string, string | number> = {},
): string {
  if (typeof key !== 'string') {
    return messages.services.interpolator.interpolate(key[language], values, language, {})
  }
  const text: unknown = messages.t(key, { ...values, lng: language, returnObjects: true, defaultValue: none })
  if (typeof text === 'string' && text !== none) return text
  if (!told) throw new Error(`there is no message ${key}`)
  told(key)
  return key.split(/[.:]/).at(-1) ?? key
}

/** What a person reads of an error: its message if it was meant for people, else the general apology. */
export function explainError(error: unknown, language: Language): string {
  return error instanceof PlainError
    ? translate(language, error.key, error.values)
    : translate(language, 'chat:failure')
}
