/**
 * Azure refuses properties that it does not know, and those that the api-version of the request does not know yet.
 *
 *   in the envelope   ARM: "The request content was invalid and could not be deserialized: 'Could not find member …'"
 *   deeper            Compute: "Could not find member 'deleteOption' on object of type 'DataDisk'. Path
 *                     'properties.storageProfile.dataDisks[0].deleteOption', line 1, position 736."
 *
 * https://github.com/Azure/azure-powershell/issues/4309
 * https://github.com/kubernetes-sigs/cloud-provider-azure/issues/8919
 */
import { ArmError } from "../http/arm-error.ts";
import { tooOld } from "./api-versions.ts";
import { isJsonObject } from "./json-object.ts";
import { positionOf } from "./json-position.ts";
import { knownTypeOf } from "./known-properties.ts";
import { RESOURCE_DEFINITION } from "./known-type.ts";
import { PROPERTY_VERSIONS } from "./property-versions.ts";
import { requestBodyOf } from "./request-body.ts";
import type { ShapedType } from "./shape.ts";
import { type UnknownProperty, unknownProperty } from "./unknown-property.ts";

/** Only read: taken from whoever sends back what was answered, whichever version that was. */
const READ_ONLY = new Set([
  "etag",
  "managedBy",
  "properties.timeCreated",
  "properties.burstingEnabledTime",
  "properties.LastOwnershipUpdateTime",
  "properties.securityProfile.confidentialVMVersion",
]);

/** Before, it could only be read. */
const CONSISTENCY_MODE_SINCE = "2021-07-01";

interface SentBody {
  readonly type: ShapedType;
  readonly apiVersion: string;
  /** As it was sent. */
  readonly body: unknown;
  readonly text: string;
}

export function demandKnownProperties(sent: SentBody): void {
  const { type, apiVersion, body } = sent;
  const knownType = knownTypeOf(type, apiVersion);
  if (knownType === undefined) return;
  const younger = youngerThan(type, apiVersion);
  const unknown = unknownProperty(body, knownType, (path) => younger.has(path));
  if (unknown) throw refusalOf(sent, unknown);
  const isTooOld = apiVersion < CONSISTENCY_MODE_SINCE && asksForMode(sent);
  if (isTooOld) throw tooOld(CONSISTENCY_MODE_SINCE);
}

function asksForMode({ type, apiVersion, body }: SentBody): boolean {
  if (type !== "restorePoint") return false;
  const whole = requestBodyOf(type, body, apiVersion);
  const properties = isJsonObject(whole) ? whole["properties"] : undefined;
  return isJsonObject(properties) && properties["consistencyMode"] !== undefined;
}

/** Of restore points of 2021-03-01, which have them beside their name, too. */
function youngerThan(type: ShapedType, apiVersion: string): ReadonlySet<string> {
  const paths = Object.entries(PROPERTY_VERSIONS[type])
    .filter(([path, since]) => since > apiVersion && !READ_ONLY.has(path))
    .map(([path]) => path);
  return new Set([...paths, ...paths.map((path) => path.replace(/^properties\./, ""))]);
}

function refusalOf({ type, text }: SentBody, { path, name, on }: UnknownProperty): ArmError {
  const shown = pathText(path);
  const { line, position } = positionOf(text, path) ?? { line: 1, position: 0 };
  const message = `Could not find member '${name}' on object of type '${on}'. Path '${shown}', line ${line}, position ${position}.`;
  if (on === RESOURCE_DEFINITION) {
    const whole = `The request content was invalid and could not be deserialized: '${message}'.`;
    return new ArmError(400, "InvalidRequestContent", whole);
  }
  return new ArmError(400, "BadRequest", message, { target: `${bodyOf(type)}.${shown}` });
}

/** As Compute calls it: `vm` is recorded, the others are named after their types. */
const bodyOf = (type: ShapedType): string => (type === "virtualMachine" ? "vm" : type);

/** `properties.dataDisks[0]['a name']` */
function pathText(path: readonly (string | number)[]): string {
  const steps = path.map((step) => {
    if (typeof step === "number") return `[${step}]`;
    return /[.\s'"/[\]()\\]/.test(step) ? `['${step}']` : `.${step}`;
  });
  return steps.join("").replace(/^\./, "");
}
