const isSoak = process.env.TEST_SOAK === "true";

/** How many cases a test of random ones tries: `usual` in `npm test`, `long` in `npm run test:soak`. */
export function cases(usual: number, long: number): number {
  return isSoak ? long : usual;
}

/** The seed of a test's random cases; `TEST_SEED` repeats the run that printed it. */
export function randomSeed(): number {
  const { TEST_SEED: given } = process.env;
  return given === undefined ? Date.now() % 2 ** 31 : Number(given);
}
