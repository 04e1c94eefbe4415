/** Asks once, and remembers the answer; a failure is not remembered, so that the next one to ask tries again. */
export function onceFine<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | undefined;
  return async () => {
    const mine = asked ?? ask();
    asked = mine;
    try {
      return await mine;
    } catch (error) {
      if (asked === mine) asked = undefined;
      throw error;
    }
  };
}
