import { describeKills } from "../../soak/kills/describeKills.ts";

/** Runs of Pulumi's own commands that are killed; `npm run test:kills` draws a hundred more, of reconcile and adopt too. */
describeKills("a run of pulumi", [
  {
    action: "up",
    victim: "all",
    change: "adds",
    moment: { by: "writes", method: "PUT", count: 2, when: "afterCommit" },
    hasCheckpoints: false,
    next: "kept",
  },
  {
    action: "up",
    victim: "host",
    change: "mixes",
    moment: { by: "writes", method: "DELETE", count: 1, when: "afterCommit" },
    hasCheckpoints: false,
    next: "kept",
  },
  {
    action: "up",
    victim: "engine",
    change: "adds",
    moment: { by: "throttling", method: "PUT", count: 2 },
    hasCheckpoints: false,
    next: "kept",
  },
  {
    action: "up without checkpoints",
    victim: "all",
    change: "adds",
    moment: { by: "writes", method: "PUT", count: 3, when: "afterCommit" },
    hasCheckpoints: false,
    next: "kept",
  },
  {
    action: "up without checkpoints",
    victim: "all",
    change: "removes",
    moment: { by: "writes", method: "DELETE", count: 2, when: "afterCommit" },
    hasCheckpoints: false,
    next: "reverted",
  },
  {
    action: "destroy",
    victim: "engine",
    change: "removes",
    moment: { by: "writes", method: "DELETE", count: 1, when: "before" },
    hasCheckpoints: false,
    next: "kept",
  },
]);
