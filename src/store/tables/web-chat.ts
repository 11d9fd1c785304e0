/** What was said in the web chat. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by its part
export interface WebChatTables {}
