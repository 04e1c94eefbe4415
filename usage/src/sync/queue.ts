/** Work that is done piece by piece, in the order in which it came. */
export interface Queue {
  /** Does a piece once those before it are done; whatever one of them throws ends its own piece alone. */
  add<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** Makes a queue, which is empty. */
export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return {
    async add(work) {
      const own = last.then(work, work);
      last = own.catch(() => undefined);
      return await own;
    },
  };
}
