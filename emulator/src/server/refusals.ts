import { type EmulatorResponse, failure } from "../pipeline/http.ts";

/** What Windows' HTTP.sys, which is in front of ARM, answers for a host it does not serve. */
export const invalidHost: EmulatorResponse = {
  status: 400,
  text: '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd">\r\n<HTML><HEAD><TITLE>Bad Request</TITLE></HEAD>\r\n<BODY><h2>Bad Request - Invalid Hostname</h2>\r\n<hr><p>HTTP Error 400. The request hostname is invalid.</p>\r\n</BODY></HTML>\r\n',
  headers: { "Content-Type": "text/html; charset=us-ascii" },
};

/** A body beyond what is taken. */
export function requestTooLarge(limitInBytes: number): EmulatorResponse {
  const message = `The request content size exceeds the maximum size of '${limitInBytes}' bytes.`;
  return failure(413, "RequestContentTooLarge", message);
}

/** A failure of the emulator itself. */
export const internalServerError: EmulatorResponse = failure(
  500,
  "InternalServerError",
  "The server encountered an internal error and was unable to complete the request.",
);
