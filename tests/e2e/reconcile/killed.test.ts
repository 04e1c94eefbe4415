import { describeKills } from "../../soak/kills/describeKills.ts";

/** Runs of our own commands that are killed; `npm run test:kills` draws a hundred more. */
describeKills("a run of azurestack-csp", [
  {
    situation: {
      action: "reconcile",
      victim: "all",
      change: "adds",
      moment: { by: "writes", method: "PUT", count: 2, when: "afterCommit" },
      hasCheckpoints: false,
      next: "changed",
    },
    outcome: "healed",
  },
  {
    situation: {
      action: "reconcile",
      victim: "engine",
      change: "adds",
      moment: { by: "throttling", method: "PUT", count: 2 },
      hasCheckpoints: false,
      next: "kept",
    },
    outcome: "healed",
  },
  {
    situation: {
      action: "reconcile",
      victim: "host",
      change: "removes",
      moment: { by: "writes", method: "DELETE", count: 2, when: "afterCommit" },
      hasCheckpoints: true,
      next: "reverted",
    },
    outcome: "healed",
  },
  {
    situation: {
      action: "reconcile",
      victim: "all",
      change: "moves",
      moment: { by: "writes", method: "PUT", count: 2, when: "afterCommit" },
      again: { by: "time", part: 0.5 },
      hasCheckpoints: false,
      next: "reverted",
    },
    outcome: "healed",
  },
  {
    situation: {
      action: "reconcile per registration",
      victim: "all",
      change: "mixes",
      moment: { by: "writes", method: "DELETE", count: 1, when: "afterCommit" },
      hasCheckpoints: false,
      next: "reverted",
    },
    outcome: "healed",
  },
  {
    situation: {
      action: "adopt",
      victim: "all",
      change: "adds",
      moment: { by: "time", part: 0.8 },
      hasCheckpoints: false,
      next: "kept",
    },
    outcome: "clean",
  },
]);
