import { runEmulator } from "./runEmulator.ts";

process.exitCode = await runEmulator(process.argv.slice(2));
