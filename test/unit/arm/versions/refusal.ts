/** What ARM answers instead. */
import { ArmError } from "../../../../local/arm/http/arm-error.ts";

interface Refusal {
  readonly status: number;
  readonly code?: string;
  readonly message?: string;
  readonly target?: string;
}

/** Undefined when nothing is refused. */
export function refusalOf(ask: () => unknown): Refusal | undefined {
  try {
    ask();
    return undefined;
  } catch (error) {
    if (!(error instanceof ArmError)) throw error;
    const { error: body } = error.body as { readonly error: Omit<Refusal, "status"> };
    return { status: error.status, ...body };
  }
}
