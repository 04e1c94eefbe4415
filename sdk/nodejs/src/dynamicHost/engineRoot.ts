import { connect } from "node:http2";
import type { StackName } from "../journal/notesPlace.ts";

/** How long the engine, which runs on this machine, may take to answer. */
const LONGEST_ANSWER_IN_MS = 5_000;

/** A gRPC message that is empty: not compressed, no bytes. */
const NOTHING = Buffer.alloc(5);

/**
 * The stack whose program an engine runs, by the root resource that the program's SDK has told the engine
 * (`pulumirpc.Engine.GetRootResource`; pulumi/pulumi, proto/pulumi/engine.proto). Pulumi tells a dynamic provider its
 * project at most.
 *
 * @returns `undefined` where no program has registered its root, as in a destroy, or the engine does not answer.
 */
export async function askForStack(address: string): Promise<StackName | undefined> {
  const answer = await call(address, "/pulumirpc.Engine/GetRootResource");
  // Field 1, a string, behind the five bytes of the frame; no URN of a stack is so long that its length takes three bytes.
  const [tag, length = 0, more = 0] = answer.subarray(5);
  if (tag !== 0x0a) return undefined;
  const [start, size] = length < 0x80 ? [7, length] : [8, (length & 0x7f) | (more << 7)];
  return parseRoot(answer.subarray(start, start + size).toString("utf8"));
}

/** `urn:pulumi:<stack>::<project>::pulumi:pulumi:Stack::<project>-<stack>` */
function parseRoot(urn: string): StackName | undefined {
  const [, stack, project] = /^urn:pulumi:([^:]+)::([^:]+)::pulumi:pulumi:Stack::/.exec(urn) ?? [];
  return stack !== undefined && project !== undefined ? { stack, project } : undefined;
}

/** Resolves to what came, which is nothing where the call failed. */
function call(address: string, path: string): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const session = connect(`http://${address}`);
    const done = () => {
      session.destroy();
      resolve(Buffer.concat(chunks));
    };
    session.on("error", done);
    session.setTimeout(LONGEST_ANSWER_IN_MS, done);
    const request = session.request({
      ":method": "POST",
      ":path": path,
      "content-type": "application/grpc",
      te: "trailers",
    });
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("error", done);
    request.on("close", done);
    request.end(NOTHING);
  });
}
