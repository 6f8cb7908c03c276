/** Microsoft.Features: the previews that a subscription has registered for. */
import type { Emulator } from "../../emulator.ts";
import { ArmError } from "../../http/arm-error.ts";
import { type ArmRequest, type Handler, param } from "../../http/arm-request.ts";
import type { ArmRoute } from "../../http/route.ts";
import { SUBSCRIPTION } from "../../paths.ts";
import { featureId, PREVIEW_FEATURES } from "../../rules/previews.ts";
import type { Feature } from "../../state/state.ts";

const FEATURES = `${SUBSCRIPTION}/providers/Microsoft.Features/providers/{namespace}/features`;
const FEATURE = `${FEATURES}/{feature}`;

export const featureRoutes = (emulator: Emulator): ArmRoute[] => {
  const versions = "features";
  return [
    { method: "GET", template: FEATURES, versions, handler: list(emulator) },
    { method: "GET", template: FEATURE, versions, handler: get(emulator) },
    {
      method: "POST",
      template: `${FEATURE}/register`,
      versions,
      handler: change(emulator, "Registered"),
    },
    {
      method: "POST",
      template: `${FEATURE}/unregister`,
      versions,
      handler: change(emulator, "Unregistered"),
    },
  ];
};

/** Throws when the emulator does not know the feature. */
function demandKnown(request: ArmRequest): string {
  const asked = param(request, "feature");
  const isCompute = param(request, "namespace").toLowerCase() === "microsoft.compute";
  const known = Object.values(PREVIEW_FEATURES).find(
    (name) => isCompute && name.toLowerCase() === asked.toLowerCase(),
  );
  if (known) return known;
  const message = `The feature '${asked}' could not be found.`;
  throw new ArmError(404, "FeatureNotFound", message);
}

const featureOf = ({ state }: Emulator, request: ArmRequest, name: string): Feature => {
  const id = featureId(param(request, "subscriptionId"), name);
  return state.features.get(id) ?? { id, name, state: "NotRegistered" };
};

const get =
  (emulator: Emulator): Handler =>
  (request) => ({
    status: 200,
    body: render(featureOf(emulator, request, demandKnown(request))),
  });

/** Azure takes its time to approve; here it is done at once. */
const change =
  (emulator: Emulator, to: "Registered" | "Unregistered"): Handler =>
  (request) => {
    const feature = featureOf(emulator, request, demandKnown(request));
    return { status: 200, body: render(emulator.state.features.set({ ...feature, state: to })) };
  };

const list =
  (emulator: Emulator): Handler =>
  (request) => {
    const isCompute = param(request, "namespace").toLowerCase() === "microsoft.compute";
    const names = isCompute ? Object.values(PREVIEW_FEATURES) : [];
    const value = names.map((name) => render(featureOf(emulator, request, name)));
    return { status: 200, body: { value } };
  };

const render = ({ id, name, state }: Feature) => ({
  id,
  name: `Microsoft.Compute/${name}`,
  type: "Microsoft.Features/providers/features",
  properties: { state },
});
