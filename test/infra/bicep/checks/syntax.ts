import type { Check } from "./problem.ts";

export const readsAsBicep: Check = ({ syntaxErrors }) =>
  syntaxErrors.map(({ line, text }) => ({ line, message: `is no Bicep: ${text}` }));
