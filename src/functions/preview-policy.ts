import type { VmMatch } from "../lib/answers/preview.ts";
import { forecastPolicy, matchOf } from "../lib/answers/preview-policy.ts";
import { ApiError, notFound } from "../lib/api/api-error.ts";
import type { previewPolicyRoute } from "../lib/api/routes/policies.ts";
import { invalidPolicy, policyIn } from "../lib/api/shapes/policy.ts";
import type { VirtualMachine } from "../lib/fleet/virtual-machine.ts";
import { vmKeyOf } from "../lib/fleet/vm-key.ts";
import type { Policy } from "../lib/policy/policy.ts";
import { parsePolicy } from "../lib/policy/policy-limits.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

type PreviewDeps = Pick<
  Services,
  "arm" | "limits" | "now" | "policies" | "subscriptions" | "tagName"
>;

/** Pages of VMs that are read from Azure for one answer. */
const MOST_PAGES = 10;

/** What a policy would do, whether it is stored or only written in the body. Changes nothing. */
export const previewPolicy =
  (services: PreviewDeps): Handler<typeof previewPolicyRoute> =>
  async ({ params: { name }, body: asked }) => {
    const { active } = await services.policies.inForce(services.now());
    const policy = policyFor(services, name, asked.policy) ?? active.get(name);
    if (policy === undefined) throw notFound();
    const { vms, complete } = await readVms(services);
    const matches = vms.map((vm) => matchOf(policy, vm, services.tagName, active));
    return {
      status: 200,
      body: {
        name,
        vms: summaryOf(matches, complete),
        forecast: forecastFor(services, policy, vms, matches, asked.days),
      },
    };
  };

function policyFor({ limits }: PreviewDeps, name: string, written: unknown): Policy | undefined {
  if (written === undefined) return undefined;
  const document = policyIn(written);
  const isObject = typeof document === "object" && document !== null;
  const parsed = parsePolicy(isObject ? { ...document, name } : document, limits);
  if ("problems" in parsed) throw invalidPolicy(parsed.problems);
  return parsed.policy;
}

async function readVms({ arm, subscriptions }: PreviewDeps) {
  const vms: VirtualMachine[] = [];
  let pages = 0;
  for (const subscription of subscriptions) {
    let continuation: string | undefined;
    do {
      if (pages++ === MOST_PAGES) return { vms, complete: false };
      const page = await arm.listVirtualMachines(subscription, continuation);
      if (page.kind !== "page") {
        const { code, message } = page.error;
        throw new ApiError(503, { code: "AzureNotAvailable", message: `${code}: ${message}` });
      }
      vms.push(...page.vms);
      continuation = page.continuation;
    } while (continuation !== undefined);
  }
  return { vms, complete: true };
}

const summaryOf = (matches: readonly VmMatch[], complete: boolean) => ({
  matched: matches.filter(({ matched }) => matched).length,
  looked: matches.length,
  complete,
  value: [...matches],
});

/** Of the first VM that matches; of one that is nobody's when none does. */
function forecastFor(
  { limits, now }: PreviewDeps,
  policy: Policy,
  vms: readonly VirtualMachine[],
  matches: readonly VmMatch[],
  days: number,
) {
  const first = vms[matches.findIndex(({ matched }) => matched)] ?? vms[0];
  const vm = vmKeyOf(first?.id ?? EXAMPLE);
  if (vm === undefined) return undefined;
  const location = first?.location ?? policy.region ?? "westeurope";
  return forecastPolicy(policy, { vm, location }, limits, now(), days);
}

const EXAMPLE =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/example/providers/Microsoft.Compute/virtualMachines/example";
