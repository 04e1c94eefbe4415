/** How a list is printed: for people, for spreadsheets, for programs, and as Markdown. */
export const LIST_FORMATS = ["table", "csv", "json", "md"] as const;

/** One of {@link LIST_FORMATS}. */
export type ListFormat = (typeof LIST_FORMATS)[number];
