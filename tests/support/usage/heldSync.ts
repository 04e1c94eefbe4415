import { hubDouble } from "./hubDouble.ts";
import { sync } from "./stores.ts";

// A process of its own: syncs into the named store, and once it is asked for a page it says so and waits for ever.
const [, , folder = ""] = process.argv;
const hub = hubDouble();
setInterval(() => undefined, 1_000_000);
await sync(folder, {
  ...hub,
  async usagePage() {
    process.stdout.write("held\n");
    return await new Promise<never>(() => undefined);
  },
});
