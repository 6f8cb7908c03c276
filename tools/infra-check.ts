/**
 * `npm run infra:check`: compiles and lints the templates where there is a Bicep CLI, and reads them by their grammar where
 * there is none. Exit codes: 0 all is well; 1 something is wrong; 3 nothing is wrong, but nothing was compiled either.
 */
import { bicepCli, NO_CLI } from "./infra/bicep-cli.ts";
import { compile } from "./infra/compile.ts";
import { readByGrammar } from "./infra/read-by-grammar.ts";

const NOT_COMPILED = 3;

const cli = await bicepCli();
if (cli === undefined) {
  console.error(NO_CLI);
  const { modules, problems } = readByGrammar();
  for (const problem of problems) console.error(problem);
  console.error(`${modules} modules read by their grammar instead: ${problems.length} problems.`);
  process.exitCode = problems.length > 0 ? 1 : NOT_COMPILED;
} else {
  console.log(`With ${cli.name}:`);
  const wrong = await compile(cli, console.log, console.error);
  if (wrong > 0) process.exitCode = 1;
}
