import { ProviderError } from "../../domain/errors/providerError.ts";
import { parseObject } from "../../domain/json.ts";
import type { Answer } from "../wire/answer.ts";
import { strangeAnswer } from "../wire/answerErrors.ts";
import type { ArmTarget } from "./armError.ts";
import type { ArmTransport } from "./armTransport.ts";
import { readAllPages } from "./paging.ts";

/** How something is read from ARM. */
export interface ArmRead<Target extends ArmTarget, Item> {
  readonly transport: ArmTransport;
  readonly target: Target;
  /** The item in a body or in an entry of a list, or `undefined` where it is not one, or another one than was asked for. */
  readonly read: (body: unknown) => Item | undefined;
  /** The error of an answer that refuses. */
  readonly explain: (target: Target, answer: Answer) => Error | Promise<Error>;
}

/**
 * Reads one resource.
 *
 * @throws ProviderError what `explain` makes of a refusal, or `CSP_NOT_ARM` where the answer is not what was asked for.
 */
export async function readOne<Target extends ArmTarget, Item>(request: ArmRead<Target, Item>): Promise<Item> {
  const { transport, target, read, explain } = request;
  const answer = await transport.get(target);
  if (answer.status !== 200) throw await explain(target, answer);
  const item = read(parseObject(answer.body));
  if (item === undefined) throw strangeAnswer(answer, "a successful answer without what was asked for");
  return item;
}

/**
 * Reads a list to its last page.
 *
 * An entry is never passed over: it would be a customer that nobody is warned about, or a registration that counts as gone.
 *
 * @returns the items in the order of the pages; overlapping pages give one twice.
 * @throws ProviderError what `explain` makes of a refusal, `CSP_PAGING_BROKEN`, or `CSP_NOT_ARM` where an answer is no list
 *   or an entry cannot be read.
 */
export async function readAll<Target extends ArmTarget, Item>(
  request: ArmRead<Target, Item>,
): Promise<readonly Item[]> {
  const { transport, target, read, explain } = request;
  const { subscriptionId, apiVersion } = target;
  const place = subscriptionId === undefined ? {} : { subscriptionId };
  const items = await readAllPages({
    first: transport.url(target),
    apiVersion,
    async fetchPage(url) {
      const answer = await transport.getPage({ ...place, url });
      if (answer.status === 200 || answer.status === 204) return answer;
      throw await explain(target, answer);
    },
    notAList: (answer) => strangeAnswer(answer, "a successful answer without a list"),
  });
  return items.map((item) => read(item) ?? unreadable(transport.host, target));
}

function unreadable(host: string, { id }: ArmTarget): never {
  const reason = `an entry that cannot be read or belongs elsewhere, in the list ${id}`;
  throw new ProviderError("CSP_NOT_ARM", { host, reason });
}
