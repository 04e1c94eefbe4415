import { createColours, type Terminal } from "../../../../../sdk/nodejs/src/cli/console/terminal.ts";

/** A terminal as a pipeline has it, where nobody can be asked, and what was written there. */
export interface PipelineTerminal extends Terminal {
  /** What was said to people. */
  readonly said: readonly string[];
  /** What was written to standard output. */
  readonly written: readonly string[];
}

/** Makes a terminal of 120 columns without colours. */
export function createPipelineTerminal(): PipelineTerminal {
  const said: string[] = [];
  const written: string[] = [];
  const layout = { width: 120, colours: createColours(false) };
  return {
    ...layout,
    messages: layout,
    showsProgress: false,
    isInteractive: false,
    data: (text) => void written.push(text),
    say: (text) => void said.push(text),
    abbreviate: () => undefined,
    progress: () => ({ update: () => undefined, stop: () => undefined }),
    said,
    written,
  };
}
