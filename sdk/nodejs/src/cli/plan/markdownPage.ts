/** Rows under a head, maybe behind a fold. */
export interface MarkdownRows {
  /** What stands before the rows, a heading or a table's head. */
  readonly head: string;
  readonly rows: readonly string[];
  /** The line to click on where the rows are folded away. */
  readonly fold?: string;
}

/** A page that never grows beyond its size. */
export interface MarkdownPage {
  /** Adds a section that has to be there. */
  add(section: string): void;
  /** Adds as many rows as fit, and counts the others. */
  addRows(rows: MarkdownRows): void;
  /** Keeps characters free for a section that comes later; replaces what was kept free before. */
  reserve(characters: number): void;
  text(): string;
}

/** What is kept free behind every section: its fold's end, and the line that counts what is left out. */
const RESERVE = 200;

/** An empty page of at most `largest` characters. */
export function createMarkdownPage(largest: number): MarkdownPage {
  const sections: string[] = [];
  let size = 0;
  let reserved = 0;
  const add = (section: string) => {
    sections.push(section);
    size += section.length + 2;
  };
  return {
    add,
    addRows({ head, rows, fold }) {
      const [before, after] =
        fold === undefined ? ["", ""] : [`<details><summary>${fold}</summary>\n\n`, "\n\n</details>"];
      let room = largest - size - reserved - before.length - head.length - after.length - RESERVE;
      if (room <= 0) return;
      const fitting = rows.findIndex((row) => {
        room -= row.length + 1;
        return room < 0;
      });
      const shown = fitting === -1 ? rows : rows.slice(0, fitting);
      const rest = rows.length - shown.length;
      const left = rest > 0 ? `\n\n… and ${rest} more, which \`azurestack-csp plan\` lists.` : "";
      add(`${before}${[head, ...shown].join("\n")}${left}${after}`);
    },
    reserve(characters) {
      reserved = characters === 0 ? 0 : characters + RESERVE;
    },
    text: () => `${sections.join("\n\n")}\n`,
  };
}

/** The head of a table, with the line below it. */
export function markdownHead(titles: readonly string[]): string {
  return `${markdownRow(titles)}\n|${titles.map(() => "---|").join("")}`;
}

/** A row of a table, of cells as they are. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => escapeMarkdown(cell)).join(" | ")} |`;
}

/** Text as it is: no markup, no mention of a person, no end of a cell or a row. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll("@", "&#64;")
    .replaceAll("|", "&#124;")
    .replaceAll(/[\\`*_[\]]/g, (character) => `\\${character}`)
    .replaceAll(/\r?\n|\r/g, "<br>");
}
