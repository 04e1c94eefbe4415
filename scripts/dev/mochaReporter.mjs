import { writeFileSync } from "node:fs";
import mocha from "mocha";

/**
 * Mocha's spec reporter, which also writes `{ passes, failures }` of the run to the file named by the reporter option
 * `counts`, so that several runs can be summed up exactly.
 */
// biome-ignore lint/style/noDefaultExport: Mocha takes a reporter from the default export.
export default class CountingReporter extends mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures } = this.stats;
      writeFileSync(options.reporterOption.counts, JSON.stringify({ passes, failures }));
    });
  }
}
