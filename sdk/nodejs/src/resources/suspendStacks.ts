/**
 * Stops the capture of stack traces until the returned function is called.
 *
 * Pulumi's SDK captures several for every registered resource, of any length, and source-map-support rewrites each: a
 * third of the time of a program with a thousand resources, and 300 bytes of state apiece for the place in our loop.
 * The SDK raises the limit itself, so a value alone does not last; an accessor does. Call the returned function in a
 * `finally`, so that users' errors keep their stacks.
 */
export function suspendStacks(): () => void {
  const limit = Object.getOwnPropertyDescriptor(Error, "stackTraceLimit");
  if (!limit?.configurable) return () => undefined;
  Object.defineProperty(Error, "stackTraceLimit", {
    configurable: true,
    enumerable: true,
    get: () => 0,
    set: () => undefined,
  });
  return () => {
    Object.defineProperty(Error, "stackTraceLimit", limit);
  };
}
