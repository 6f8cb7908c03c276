/** The validator with Microsoft's own files, which are read when they are first needed. */
import { documentsIn } from "./documents.ts";
import { judgesOf } from "./judged-by.ts";
import { SPECIFICATION } from "./official-files.ts";
import { OPERATION_STATUS, OPERATION_STATUS_URL } from "./operation-status.ts";
import { createValidateExchange, type ValidateExchange } from "./validate-exchange.ts";

let validate: ValidateExchange | undefined;

export const validateExchange: ValidateExchange = (exchange) => {
  validate ??= createValidateExchange(
    new Map([...documentsIn(SPECIFICATION), [OPERATION_STATUS_URL, OPERATION_STATUS]]),
    judgesOf,
  );
  return validate(exchange);
};
