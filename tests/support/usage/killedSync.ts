import { fileURLToPath } from "node:url";
import { crashing } from "./crashes.ts";
import { hubDouble, type Report } from "./hubDouble.ts";
import { sync } from "./stores.ts";

/** What the killed process and its test agree on. */
export const killedReports: readonly Report[] = Array.from({ length: 60 }, (_, index) => ({
  reported: `2026-10-0${1 + (index % 3)}T0${index % 7}:30:00Z`,
  usageStart: `2026-10-0${1 + (index % 3)}T00:00:00Z`,
  subscription: "s",
  meter: "m",
  resource: `/r${index}`,
  quantity: `${index}.5`,
}));

// A process of its own: syncs into the named store, and kills itself at the named step.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , folder = "", step] = process.argv;
  const kill = (): never => {
    process.kill(process.pid, "SIGKILL");
    throw new Error("It lives.");
  };
  const { files, source, run } = crashing({ step: Number(step), when: "after" }, kill);
  const hub = source(hubDouble({ reports: killedReports, pageSize: 2 }));
  await run(async () => await sync(folder, hub, { files, now: "2026-10-05T00:00:00Z" }));
}
