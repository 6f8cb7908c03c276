/** The templates know no secret: identities do without, so there is nothing to hand over, print or keep. */
import { nodesOf, propertiesOf, stringOf } from "../nodes.ts";
import { lineOf } from "../parse.ts";
import type { Check } from "./problem.ts";

const SECRET_NAME = /(password|passwd|secret|accountkey|apikey|sharedkey|connectionstring|token)$/i;
const SECRET_TEXT =
  /(AccountKey|SharedAccessKey|SharedAccessSignature|InstrumentationKey|[?&]sig)=/i;
const READING = /\.(list\w+)\(/;

/** `listKeys(…)`, `account.listKeys()`, `getSecret`. */
export const nothingSecretIsRead: Check = ({ root, references }) => [
  ...references
    .filter(({ kind, name }) => kind === "function" && /^(list[A-Z]|getSecret)/.test(name))
    .map(({ name, line }) => ({ line, message: `${name} reads a secret` })),
  ...[...nodesOf(root)]
    .filter(({ type }) => type === "call_expression")
    .map((node) => ({ line: lineOf(node), called: READING.exec(node.text)?.[1] }))
    .filter(({ called }) => called !== undefined)
    .map(({ line, called }) => ({ line, message: `${called} reads a secret` })),
];

export const nothingSecretIsWrittenOut: Check = ({ root }) =>
  [...nodesOf(root)].flatMap((node) => {
    if (node.type === "string" && SECRET_TEXT.test(node.text)) {
      return [{ line: lineOf(node), message: "a secret is written out" }];
    }
    return propertiesOf(node)
      .filter(([key, value]) => SECRET_NAME.test(key) && (stringOf(value) ?? "") !== "")
      .map(([key, value]) => ({ line: lineOf(value), message: `${key} is written out` }));
  });

export const noParameterIsSecret: Check = ({ params }) =>
  params
    .filter(({ secure, name }) => secure || SECRET_NAME.test(name))
    .map(({ name, line }) => ({ line, message: `parameter ${name} takes a secret` }));

/** Outputs stay readable in the history of deployments. */
export const noOutputIsSecret: Check = ({ outputs }) =>
  outputs
    .filter(({ name, value }) => SECRET_NAME.test(name) || SECRET_NAME.test(value.text))
    .map(({ name, line }) => ({ line, message: `output ${name} shows a secret` }));
