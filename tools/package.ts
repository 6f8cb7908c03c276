/** `npm run package`: what is deployed, as the folder `dist` that the build has made, and as one file. */
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { packedApp } from "./build/packed-app.ts";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const zip = packedApp(dist);
await writeFile(new URL("../dist.zip", import.meta.url), zip);
console.log(`dist.zip: ${(zip.length / 1e6).toFixed(2)} MB, what is in dist.`);
