import { appRoles } from "./application.ts";
import type { Graph } from "./graph.ts";
import { principalPath } from "./register-api.ts";

interface Assignment {
  readonly principalId: string;
  readonly appRoleId: string;
}

/** Gives a person, a group or an app one of the app roles. False: it had it. */
export async function assignRole(
  graph: Graph,
  appId: string,
  role: string,
  principalId: string,
): Promise<boolean> {
  const appRoleId = appRoles.find(({ value }) => value === role)?.id;
  if (appRoleId === undefined) {
    const known = appRoles.map(({ value }) => value).join(", ");
    throw new Error(`No app role is called ${role}: ${known}`);
  }
  const path = principalPath(appId);
  const { id } = (await graph.get(`${path}?$select=id`)) as { id: string };
  if (await hasIt(graph, principalId, id, appRoleId)) return false;
  await graph.post(`servicePrincipals/${id}/appRoleAssignedTo`, {
    ...{ principalId, appRoleId },
    resourceId: id,
  });
  return true;
}

/** All pages: a team may have more members than one holds. */
async function hasIt(
  graph: Graph,
  principalId: string,
  resourceId: string,
  appRoleId: string,
): Promise<boolean> {
  let path: string | undefined = `servicePrincipals/${resourceId}/appRoleAssignedTo`;
  while (path !== undefined) {
    const page = (await graph.get(path)) as Page;
    const found = page.value.some(
      (each) => each.principalId === principalId && each.appRoleId === appRoleId,
    );
    if (found) return true;
    path = page["@odata.nextLink"]?.split("/v1.0/")[1];
  }
  return false;
}

interface Page {
  readonly value: readonly Assignment[];
  readonly "@odata.nextLink"?: string;
}
