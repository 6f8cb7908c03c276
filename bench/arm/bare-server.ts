/** The least that a server can be: node's own HTTPS server, which answers one JSON to everything. */
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { listen } from "../../local/loopback/listen.ts";

const [certificate = "", key = "", json = ""] = process.argv.slice(2);
const server = createServer(
  { cert: readFileSync(certificate), key: readFileSync(key) },
  (_, answer) => {
    answer.writeHead(200, {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Length": Buffer.byteLength(json),
    });
    answer.end(json);
  },
);
const { port } = await listen(server, 0);
console.log(JSON.stringify({ url: `https://localhost:${port}` }));
