/** Runs every benchmark, one after the other. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const BENCHES = ["latency", "calls", "arm", "scale", "burst", "grants", "api", "coldstart"];

let failed = false;
for (const bench of BENCHES) {
  console.log(`\n== bench:${bench}\n`);
  const script = fileURLToPath(new URL(`./${bench}.ts`, import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: "inherit" });
  const [code] = await once(child, "exit");
  failed ||= code !== 0;
}
process.exitCode = failed ? 1 : 0;
