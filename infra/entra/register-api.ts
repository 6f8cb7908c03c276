import { afterwards, application, servicePrincipal } from "./application.ts";
import type { Graph } from "./graph.ts";

/**
 * The client id of the API's app registration, which is made or brought up to date. The environment's name finds it again,
 * so a second run changes nothing.
 */
export async function registerApi(graph: Graph, environmentName: string): Promise<string> {
  const name = `vm-restore-points-${environmentName}`;
  const path = `applications(uniqueName='${name}')`;
  await graph.upsert(path, application(name));
  const { appId } = (await graph.get(`${path}?$select=appId`)) as { appId: string };
  await graph.upsert(path, { displayName: name, ...afterwards(appId) });
  await graph.upsert(principalPath(appId), { displayName: name, ...servicePrincipal });
  return appId;
}

export const principalPath = (appId: string): string => `servicePrincipals(appId='${appId}')`;
