/**
 * Whether a text that somebody brings in a file has signs that are not read but steer: controls but tab and line ends, of
 * which PostgreSQL takes no NUL, and those that turn the direction of writing about, so that a name reads as another.
 */
export const hasSteeringSigns = (text: string): boolean =>
  /(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069]|\p{Cs}/u.test(text)
