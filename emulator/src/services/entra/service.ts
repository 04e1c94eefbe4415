import { addLatency } from "../../pipeline/addLatency.ts";
import type { EmulatorRequest } from "../../pipeline/http.ts";
import { faultAfterCommit, faultBefore, faultOnResponse } from "../../pipeline/injectFaults.ts";
import type { Service } from "../../pipeline/service.ts";
import { writeJournal } from "../../pipeline/writeJournal.ts";
import { metadataOperations } from "./metadata.ts";
import { type Authority, signInOperations } from "./signIn.ts";
import { addHeaders, refuseUnknown } from "./steps.ts";

/** Microsoft Entra's part: sign-in metadata and access tokens for applications. */
export function createEntra(authority: Authority): Service {
  return {
    name: "Microsoft Entra",
    audiences: [],
    correlationHeader: "client-request-id",
    owns: isSignIn,
    steps: [writeJournal, addLatency, addHeaders, faultOnResponse, faultBefore, refuseUnknown, faultAfterCommit],
    operations: [...metadataOperations(authority.tokens), ...signInOperations(authority)],
  };
}

/** What stands behind the directory in the paths of sign-in. */
const signInPaths = ["oauth2", "v2.0", "discovery", ".well-known"];

function isSignIn({ address }: EmulatorRequest): boolean {
  const [, second = ""] = address.segments;
  return signInPaths.includes(second.toLowerCase());
}
