import { IANAZone } from 'luxon'
import type { Stretch } from './sentence-text.ts'

/** By whose clock a sentence says that its times are meant. */
export interface SaidZone {
  /** IANA name; null: what is named is no zone, or several. */
  zone: string | null
  stretch: Stretch
}

/** Places by whose clock colleagues abroad speak; countries of several zones are none. */
const places: Readonly<Record<string, string>> = {
  ...{ 北京: 'Asia/Shanghai', 中国: 'Asia/Shanghai', 东八区: 'Asia/Shanghai', 上海: 'Asia/Shanghai' },
  ...{
    香港: 'Asia/Hong_Kong',
    东京: 'Asia/Tokyo',
    日本: 'Asia/Tokyo',
    首尔: 'Asia/Seoul',
    新疆: 'Asia/Urumqi',
  },
  ...{ 乌鲁木齐: 'Asia/Urumqi', 新加坡: 'Asia/Singapore', 曼谷: 'Asia/Bangkok', 河内: 'Asia/Ho_Chi_Minh' },
  ...{ 雅加达: 'Asia/Jakarta', 吉隆坡: 'Asia/Kuala_Lumpur', 万象: 'Asia/Vientiane', 金边: 'Asia/Phnom_Penh' },
  ...{ 阿拉木图: 'Asia/Almaty', 阿斯塔纳: 'Asia/Almaty', 塔什干: 'Asia/Tashkent', 比什凯克: 'Asia/Bishkek' },
  ...{ 伊斯兰堡: 'Asia/Karachi', 卡拉奇: 'Asia/Karachi', 新德里: 'Asia/Kolkata', 迪拜: 'Asia/Dubai' },
  ...{ 利雅得: 'Asia/Riyadh', 德黑兰: 'Asia/Tehran', 伊斯坦布尔: 'Europe/Istanbul', 莫斯科: 'Europe/Moscow' },
  ...{ 伦敦: 'Europe/London', 英国: 'Europe/London', 巴黎: 'Europe/Paris', 法国: 'Europe/Paris' },
  ...{ 柏林: 'Europe/Berlin', 德国: 'Europe/Berlin', 日内瓦: 'Europe/Zurich', 布鲁塞尔: 'Europe/Brussels' },
  ...{
    贝尔格莱德: 'Europe/Belgrade',
    布达佩斯: 'Europe/Budapest',
    开罗: 'Africa/Cairo',
    拉各斯: 'Africa/Lagos',
  },
  ...{ 内罗毕: 'Africa/Nairobi', 约翰内斯堡: 'Africa/Johannesburg', 亚的斯亚贝巴: 'Africa/Addis_Ababa' },
  ...{ 纽约: 'America/New_York', 华盛顿: 'America/New_York', 芝加哥: 'America/Chicago' },
  ...{ 洛杉矶: 'America/Los_Angeles', 旧金山: 'America/Los_Angeles', 多伦多: 'America/Toronto' },
  ...{ 墨西哥城: 'America/Mexico_City', 圣保罗: 'America/Sao_Paulo', 悉尼: 'Australia/Sydney' },
}
const englishPlaces: Readonly<Record<string, string>> = {
  ...{ beijing: 'Asia/Shanghai', china: 'Asia/Shanghai', shanghai: 'Asia/Shanghai', tokyo: 'Asia/Tokyo' },
  ...{ singapore: 'Asia/Singapore', almaty: 'Asia/Almaty', dubai: 'Asia/Dubai', moscow: 'Europe/Moscow' },
  ...{
    london: 'Europe/London',
    paris: 'Europe/Paris',
    berlin: 'Europe/Berlin',
    'new york': 'America/New_York',
  },
  ...{ sydney: 'Australia/Sydney', 'hong kong': 'Asia/Hong_Kong', nairobi: 'Africa/Nairobi' },
}
const either = (all: object) => Object.keys(all).join('|')
const local = '[当本]地|local'
const named = new RegExp(
  `[(（]?(?:按|以|用)?(?:(${either(places)}|[当本]地)(?:的)?当?地?时间|东八区|\\b(${either(englishPlaces)}|local) time)(?:的)?[)）]?`,
)
const universal =
  /[(（]?(?:协调)?世界时(?:间)?[)）]?|格林[尼威][治威](?:标准)?时间|[(（]?\b(?:utc|gmt)(?:([+-])(\d{1,2})(?::?(\d\d))?)?(?![a-z\d])(?:时间)?[)）]?/
const area =
  /[(（]?\b(?:in )?((?:africa|america|antarctica|asia|atlantic|australia|europe|indian|pacific)(?:\/[a-z_-]+){1,2})(?:的?(?:时间|时区))?[)）]?/
/** A country has several, and a city that is not listed may mean anything. */
const unknown =
  /(?:美国|俄罗斯|加拿大|澳大利亚|巴西|[东西][一二三四五六七九十]{1,2}区)(?:当地)?(?:时间)?(?=.*[点时:])/

/** The zone that a text names; null: it names none. @param plain As `plainSentence` gives it. @param own 当地. */
export function findZone(plain: string, own: string): SaidZone | null {
  const found = (match: RegExpExecArray, zone: string | null): SaidZone => ({
    ...{ zone, stretch: [match.index, match.index + match[0].length] },
  })
  const place = named.exec(plain)
  if (place) {
    const name = place[1] ?? place[2] ?? '东八区'
    const zone = new RegExp(local).test(name) ? own : (places[name] ?? englishPlaces[name] ?? null)
    return found(place, zone)
  }
  const inArea = area.exec(plain)
  if (inArea) return found(inArea, canonical(inArea[1]!))
  const world = universal.exec(plain)
  if (world) return found(world, shifted(world))
  const open = unknown.exec(plain)
  return open && found(open, null)
}

/** Names are written in many ways, asia/almaty, and kept in one. */
function canonical(name: string): string | null {
  if (!IANAZone.isValidZone(name)) return null
  return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
}

/** UTC+8 is `Etc/GMT-8`: the names of whole hours have the sign of POSIX. Others have no name. */
function shifted([, sign, hours = '0', minutes = '00']: RegExpExecArray): string | null {
  const count = Number(hours)
  if (sign === undefined || count === 0) return minutes === '00' ? 'UTC' : null
  if (minutes !== '00' || count > (sign === '+' ? 14 : 12)) return null
  return sign === '+' && count === 8 ? 'Asia/Shanghai' : `Etc/GMT${sign === '+' ? '-' : '+'}${count}`
}
