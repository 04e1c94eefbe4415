/** A mapping that is about to be written, as a state would hold it. */
export interface NotedWrite {
  /** ARM id of the customer subscription. */
  readonly id: string;
  /** The inputs of the resource, without the text that names the provider. */
  readonly inputs: Readonly<Record<string, unknown>> & { readonly tenantId: string };
}

/**
 * Keeps which mappings a run writes, for the time in which Azure may have one that no state holds yet: until the engine
 * has written down what it was answered.
 */
export interface WriteNotes {
  /** Notes a write; it is sent only after that. What keeps the note from being made does not stop the run. */
  about(write: NotedWrite): Promise<void>;
  /** Takes a write back that was certainly not carried out. */
  refused(write: NotedWrite): void;
  /** Tells that a state holds the mapping, so that what an earlier run noted of it has done its work. */
  held(mapping: { readonly id: string; readonly tenantId: string }): Promise<void>;
}

/** Keeps nothing. */
export const NO_NOTES: WriteNotes = { about: async () => {}, refused: () => {}, held: async () => {} };
