/** The Automation API folds code, standard output and standard error into one message; the last holds the reason. */
export function reasonIn(message: string): string {
  const at = message.indexOf("stderr: ");
  const text = at === -1 ? message : message.slice(at + "stderr: ".length);
  const end = text.indexOf("\n err?: ");
  return (end === -1 ? text : text.slice(0, end)).trim();
}
