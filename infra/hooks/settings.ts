/** What the hook is told: azd hands its environment on, with the outputs of main.bicep. */

export interface HookSettings {
  readonly environmentName: string;
  readonly location: string;
  readonly functionAppId: string;
  readonly subscriptions: readonly string[];
  readonly resourceNotifications: boolean;
  readonly deadLetters: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const NEEDED = [
  "AZURE_ENV_NAME",
  "AZURE_LOCATION",
  "FUNCTION_APP_ID",
  "PROTECTED_SUBSCRIPTIONS",
] as const;

/** Throws an error that names everything that is missing. */
export function hookSettings(environment: Environment): HookSettings {
  const missing = NEEDED.filter((name) => !environment[name]);
  if (missing.length > 0) {
    const which = missing.join(", ");
    throw new Error(
      `Missing in the environment: ${which}. Without azd they are outputs of main.bicep; with it: azd hooks run postdeploy`,
    );
  }
  const given = (name: (typeof NEEDED)[number]) => environment[name] ?? "";
  return {
    environmentName: given("AZURE_ENV_NAME"),
    location: given("AZURE_LOCATION"),
    functionAppId: given("FUNCTION_APP_ID"),
    subscriptions: given("PROTECTED_SUBSCRIPTIONS")
      .split(",")
      .map((id) => id.trim())
      .filter((id) => id !== ""),
    resourceNotifications: isTrue(environment["RESOURCE_NOTIFICATIONS"], false),
    deadLetters: isTrue(environment["DEAD_LETTERS"], true),
  };
}

const isTrue = (text: string | undefined, otherwise: boolean): boolean =>
  text ? text.toLowerCase() === "true" : otherwise;
