import { ProviderError } from "../../domain/errors/providerError.ts";
import { parseObject } from "../../domain/json.ts";
import { type Answer, describeAnswer } from "../wire/answer.ts";
import { strangeAnswer } from "../wire/answerErrors.ts";
import { text } from "../wire/foreignText.ts";
import { parseRetryAfter } from "../wire/pacing/retryAfter.ts";
import { readArmError } from "./armErrorBody.ts";

/** How long an accepted operation is watched. A customer subscription is one record of the service. */
const LONGEST_OPERATION_IN_MS = 600_000;

/** The pause before the next question where `Retry-After` says nothing. */
const PAUSE_IN_MS = 2_000;

/** What an operation is watched by. */
export interface OperationWatch {
  /** What accepted the operation: 202, with a link to its state or to its outcome. */
  readonly accepted: Answer;
  /** Asks ARM for a link. */
  readonly ask: (url: string) => Promise<Answer>;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly now: () => number;
  readonly sleep: (pauseInMs: number) => Promise<void>;
}

/** What an answer says of the operation; `refusal` is what a request of its own would have been refused with. */
type State = "under way" | "done" | { readonly refusal: Answer };

/**
 * Watches an accepted operation until its end, as ARM's contract has it: `Azure-AsyncOperation` leads to its state, and
 * `Location`, where that is absent, to its outcome. A state may be `Cancelled` as well as the contract's `Canceled`.
 *
 * @returns what accepted it, once it is done or where no link came with it; what refused it, where it failed.
 * @throws ProviderError `CSP_OPERATION_UNFINISHED` where it was not done within ten minutes, `CSP_NOT_ARM` where an
 *   answer is neither a state nor an outcome.
 */
export async function finishOperation({ accepted, ask, now, sleep }: OperationWatch): Promise<Answer> {
  if (!isWatched(accepted)) return accepted;
  const header = accepted.header("azure-asyncoperation") === undefined ? "location" : "azure-asyncoperation";
  const read = header === "location" ? readOutcome : readState;
  let link = accepted.header(header) ?? "";
  const end = now() + LONGEST_OPERATION_IN_MS;
  for (let answer = accepted; ; ) {
    const pauseInMs = pauseAfter(answer, now());
    if (now() + pauseInMs > end) throw unfinished(accepted, answer);
    await sleep(pauseInMs);
    answer = await ask(link);
    const state = read(answer);
    if (state === undefined) throw strangeAnswer(answer, "something else than what became of an operation");
    if (state === "done") return accepted;
    if (state !== "under way") return state.refusal;
    link = answer.header(header) ?? link;
  }
}

/** Whether an answer accepts an operation whose end can be seen; without a link nobody knows what became of it. */
export function isWatched({ status, header }: Answer): boolean {
  return status === 202 && (header("azure-asyncoperation") ?? header("location")) !== undefined;
}

function readOutcome(answer: Answer): State | undefined {
  if (answer.status === 202) return "under way";
  if (answer.status >= 400) return { refusal: answer };
  if (answer.status >= 300) return undefined;
  const isOutcome = parseObject(answer.body) !== undefined && readArmError(answer.body) === undefined;
  return isOutcome || answer.body.trim() === "" ? "done" : undefined;
}

function readState(answer: Answer): State | undefined {
  if (answer.status === 202) return "under way";
  if (answer.status >= 400) return { refusal: answer };
  const state = text(parseObject(answer.body)?.status);
  if (state === undefined || answer.status >= 300) return undefined;
  if (/^succeeded$/i.test(state)) return "done";
  return /^(failed|cancell?ed)$/i.test(state) ? { refusal: refusalIn(answer, state) } : "under way";
}

/** A state tells of a failure with 200, and at times without an error. */
function refusalIn(answer: Answer, state: string): Answer {
  const error = readArmError(answer.body) ?? { code: state, message: undefined };
  return { ...answer, status: 409, error };
}

function pauseAfter(answer: Answer, now: number): number {
  return parseRetryAfter({ retryAfter: answer.header("retry-after"), date: answer.header("date"), now }) ?? PAUSE_IN_MS;
}

function unfinished(accepted: Answer, last: Answer): ProviderError {
  const state = text(parseObject(last.body)?.status) ?? `status ${last.status}`;
  const details = { request: accepted.request, minutes: String(LONGEST_OPERATION_IN_MS / 60_000), state };
  return new ProviderError("CSP_OPERATION_UNFINISHED", details, { answer: describeAnswer(accepted) });
}
