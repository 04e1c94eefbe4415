import { decode } from "../../../pipeline/address.ts";
import { doubleEncodedUri, invalidRequestUri } from "../errors.ts";
import type { ArmStep } from "../exchange.ts";

/** Refuses a path that cannot be read, or that is percent-encoded twice. */
export const checkAddress: ArmStep = async ({ request }, next) => {
  const path = request.target.split("?")[0] ?? "";
  const uri = `${request.origin}${request.target}`;
  if (path.includes("%25")) return doubleEncodedUri(uri);
  return decode(path) === undefined ? invalidRequestUri(uri) : next();
};
