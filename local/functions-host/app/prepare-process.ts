/** What the process of an app looks like before the app loads, as far as apps can tell. */

/** Adds the settings Core Tools adds, and makes the app's folder the current one. Settings that exist stay. */
export function prepareProcess(app: string, url: string): void {
  const additions = {
    AZURE_FUNCTIONS_ENVIRONMENT: "Development",
    AzureWebJobsScriptRoot: app,
    FUNCTIONS_APPLICATION_DIRECTORY: app,
    FUNCTIONS_WORKER_RUNTIME: "node",
    WEBSITE_HOSTNAME: new URL(url).host,
  };
  for (const [name, value] of Object.entries(additions)) process.env[name] ??= value;
  process.chdir(app);
}
