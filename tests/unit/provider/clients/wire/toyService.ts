import { sentences } from "../../../../../provider/src/clients/wire/foreignText.ts";
import type { Service } from "../../../../../provider/src/clients/wire/service.ts";
import { parseObject } from "../../../../../provider/src/domain/json.ts";

/** The least that a service says of itself; nothing of repetitions. */
export const toyService: Service = {
  origin: "https://toys.example",
  audience: "https://toys.example/api",
  correlationHeader: "toy-correlation",
  bucketOf: ({ url }) => ({
    key: new URL(url).pathname.split("/")[1] ?? "",
    capacity: 100,
    perSecond: 1,
    remainingHeader: "toys-left",
  }),
  readError({ body }) {
    const { fault, words } = parseObject(body) ?? {};
    return typeof fault === "number" ? { code: String(fault), message: sentences(words) } : undefined;
  },
};

/** The same one, where it says that an order under an id of its own may be sent again as long as no answer came. */
export const orderlyToyService: Service = {
  ...toyService,
  isRepeatable: ({ header }, outcome) => header("toy-order") !== undefined && outcome === "no answer",
};
