import { ProviderError } from "../../domain/errors/providerError.ts";
import { parseRetryAfter } from "../wire/retryAfter.ts";
import { type ArmAnswer, describeAnswer, parseErrorBody, parseObject, text } from "./armAnswer.ts";
import { notArm } from "./armError.ts";

/** How long an accepted operation is watched, in milliseconds. A customer subscription is one record of the service. */
const LONGEST_OPERATION = 600_000;

/** The pause before the next question where `Retry-After` says nothing, in milliseconds. */
const PAUSE = 2_000;

/** What an operation is watched by. */
export interface OperationWatch {
  /** What accepted the operation: 202, with a link to its state or to its outcome. */
  readonly accepted: ArmAnswer;
  /** The host asked, for errors. */
  readonly host: string;
  /** Asks ARM for a link. */
  readonly ask: (url: string) => Promise<ArmAnswer>;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** What an answer says of the operation; `refusal` is what a request of its own would have been refused with. */
type State = "under way" | "done" | { readonly refusal: ArmAnswer };

/**
 * Watches an accepted operation until its end, as ARM's contract has it: `Azure-AsyncOperation` leads to its state, and
 * `Location`, where that is absent, to its outcome.
 *
 * @returns what accepted it, once it is done or where no link came with it; what refused it, where it failed.
 * @throws ProviderError `CSP_OPERATION_UNFINISHED` where it was not done within ten minutes, `CSP_NOT_ARM` where an
 *   answer is neither a state nor an outcome.
 */
export async function finishOperation({ accepted, host, ask, now, sleep }: OperationWatch): Promise<ArmAnswer> {
  const header = accepted.header("azure-asyncoperation") === undefined ? "location" : "azure-asyncoperation";
  const read = header === "location" ? readOutcome : readState;
  let link = accepted.header(header);
  if (accepted.status !== 202 || link === undefined) return accepted;
  const end = now() + LONGEST_OPERATION;
  for (let answer = accepted; ; ) {
    const pause = pauseAfter(answer, now());
    if (now() + pause > end) throw unfinished(accepted, answer);
    await sleep(pause);
    answer = await ask(link);
    const state = read(answer);
    if (state === undefined) throw notArm({ host }, answer, "something else than what became of an operation");
    if (state === "done") return accepted;
    if (state !== "under way") return state.refusal;
    link = answer.header(header) ?? link;
  }
}

function readOutcome(answer: ArmAnswer): State | undefined {
  if (answer.status === 202) return "under way";
  if (answer.status >= 400) return { refusal: answer };
  const isOutcome = answer.status < 300 && (answer.body.trim() === "" || parseObject(answer.body) !== undefined);
  return isOutcome ? "done" : undefined;
}

function readState(answer: ArmAnswer): State | undefined {
  if (answer.status === 202) return "under way";
  if (answer.status >= 400) return { refusal: answer };
  const state = text(parseObject(answer.body)?.status);
  if (state === undefined || answer.status >= 300) return undefined;
  if (/^succeeded$/i.test(state)) return "done";
  return /^(failed|canceled)$/i.test(state) ? { refusal: refusalIn(answer, state) } : "under way";
}

/** A state tells of a failure with 200, and at times without an error. */
function refusalIn(answer: ArmAnswer, state: string): ArmAnswer {
  const body = parseErrorBody(answer.body) ? answer.body : JSON.stringify({ error: { code: state } });
  return { ...answer, status: 409, body };
}

function pauseAfter(answer: ArmAnswer, now: number): number {
  return parseRetryAfter({ retryAfter: answer.header("retry-after"), date: answer.header("date"), now }) ?? PAUSE;
}

function unfinished(accepted: ArmAnswer, last: ArmAnswer): ProviderError {
  const state = text(parseObject(last.body)?.status) ?? `status ${last.status}`;
  const details = { request: accepted.request, minutes: String(LONGEST_OPERATION / 60_000), state };
  return new ProviderError("CSP_OPERATION_UNFINISHED", details, { answer: describeAnswer(accepted) });
}
