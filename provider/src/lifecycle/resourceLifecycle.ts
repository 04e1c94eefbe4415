type Properties = Readonly<Record<string, unknown>>;

/** One input and what is wrong with it. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** A resource as the last run left it: its id and its outputs. */
export interface Existing {
  readonly id: string;
  readonly outputs: Properties;
}

/** A resource as it is and as it is declared. */
export interface Declared extends Existing {
  /** As `check` returned them. */
  readonly inputs: Properties;
}

/**
 * The life of one kind of resource, as a function of what an engine hands over; no engine is assumed.
 *
 * A create or update that may have left something behind throws an `InitializationError`, with what state has to hold.
 */
export interface ResourceLifecycle {
  /** Judges the declared inputs and brings them into one form; offline. `before` holds the last run's, if there was one. */
  check(
    properties: Properties,
    before?: Properties,
  ): { readonly inputs: Properties; readonly failures: readonly CheckFailure[] };
  /**
   * Compares state and inputs. `replaces` names the inputs that make it another resource.
   *
   * Offline, but for a resource that the program has not seen live: that one is looked up.
   */
  diff(request: Declared): Promise<{ readonly changes: boolean; readonly replaces: readonly string[] }>;
  create(inputs: Properties): Promise<Existing>;
  /** What is live; `undefined` where it is gone, `inputs` only where they are not the declared ones any more. */
  read(request: Existing): Promise<(Existing & { readonly inputs: Properties | undefined }) | undefined>;
  /** Changes in place and returns all outputs. */
  update(request: Declared): Promise<Properties>;
  delete(request: Existing): Promise<void>;
}
