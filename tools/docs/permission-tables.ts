/** The parts of docs/permissions.md that tell what the app asks Azure Resource Manager for, and what its roles allow. */
import { type ArmCall, type RoleName, roleNames } from "../permissions/arm-call.ts";
import { armCalls } from "../permissions/arm-calls.ts";
import { roleOf } from "../permissions/roles.ts";
import { tableOf, withPart } from "./written-part.ts";

export const withPermissionTables = (text: string): string =>
  [
    ["calls", tableOf(["Request", "Action", "Role", "Why"], merged(armCalls).flatMap(rowsOf))],
    ["actions", tableOf(["Action", ...roleNames.map(code)], actionRows())],
  ].reduce((written, [name = "", part = ""]) => withPart(written, name, part), text);

const code = (text: string): string => `\`${text}\``;
const rolesOf = (roles: readonly RoleName[]): string => roles.join(", ");

/** One row for each request, whatever it is made for. */
function merged(calls: readonly ArmCall[]): ArmCall[] {
  const byRequest = Map.groupBy(calls, ({ request }) => request);
  return [...byRequest.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [others.reduce(together, first)],
  );
}

const together = (one: ArmCall, other: ArmCall): ArmCall => ({
  ...one,
  roles: roleNames.filter((name) => one.roles.includes(name) || other.roles.includes(name)),
  why: `${one.why}; ${other.why}`,
  linked: [...one.linked, ...other.linked],
});

const rowsOf = ({ request, action, roles, why, linked }: ArmCall): string[][] => [
  [code(request), code(action), rolesOf(roles), why],
  ...linked.map((each) => ["and with it", code(each.action), rolesOf(roles), each.why]),
];

function actionRows(): string[][] {
  const roles = roleNames.map(roleOf);
  const actions = [...new Set(roles.flatMap((role) => role.actions))].sort();
  return actions.map((action) => [
    code(action),
    ...roles.map((role) => (role.actions.includes(action) ? "yes" : "")),
  ]);
}
