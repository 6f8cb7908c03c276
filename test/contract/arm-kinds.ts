import type { ArmSettings } from "../../local/arm/settings.ts";
import { azuriteOfThisFile } from "../integration/arm/scene.ts";
import { type ArmScene, fakeScene, realScene } from "./arm-scene.ts";

/** Every ARM that a test file holds its suite against, for `describe.each`. */
export function armKinds(settings: Partial<ArmSettings> = {}): [string, () => Promise<ArmScene>][] {
  const startEmulator = azuriteOfThisFile();
  return [
    ["in memory", fakeScene],
    ["as the emulator has it", async () => await realScene(await startEmulator(settings))],
  ];
}
