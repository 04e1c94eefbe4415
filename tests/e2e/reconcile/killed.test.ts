import { describeKills } from "../../soak/kills/describeKills.ts";

/** Runs of our own commands that are killed; `npm run test:kills` draws a hundred more. */
describeKills("a run of azurestack-csp", [
  {
    action: "reconcile",
    victim: "all",
    change: "adds",
    moment: { by: "writes", method: "PUT", count: 2, when: "afterCommit" },
    hasCheckpoints: false,
    next: "changed",
  },
  {
    action: "reconcile",
    victim: "engine",
    change: "adds",
    moment: { by: "throttling", method: "PUT", count: 2 },
    hasCheckpoints: false,
    next: "kept",
  },
  {
    action: "reconcile",
    victim: "host",
    change: "removes",
    moment: { by: "writes", method: "DELETE", count: 2, when: "afterCommit" },
    hasCheckpoints: true,
    next: "reverted",
  },
  {
    action: "reconcile",
    victim: "all",
    change: "moves",
    moment: { by: "writes", method: "PUT", count: 2, when: "afterCommit" },
    again: { by: "time", part: 0.5 },
    hasCheckpoints: false,
    next: "reverted",
  },
  {
    action: "reconcile per registration",
    victim: "all",
    change: "mixes",
    moment: { by: "writes", method: "DELETE", count: 1, when: "afterCommit" },
    hasCheckpoints: false,
    next: "reverted",
  },
  {
    action: "adopt",
    victim: "all",
    change: "adds",
    moment: { by: "time", part: 0.6 },
    hasCheckpoints: false,
    next: "kept",
  },
]);
