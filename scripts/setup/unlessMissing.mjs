/** What a file operation gives, or undefined where its file does not exist; every other failure stays one. */
export async function unlessMissing(operation) {
  try {
    return await operation;
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    return undefined;
  }
}
