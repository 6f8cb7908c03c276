/** Timer status as blobs, where the real host keeps it. */
import { RestError } from "@azure/core-rest-pipeline";
import type { ContainerClient } from "@azure/storage-blob";
import { parseTimerStatus, serialiseTimerStatus, type TimerStatus } from "./timer-status.ts";

export interface StatusStore {
  read(functionName: string): Promise<TimerStatus | undefined>;
  write(functionName: string, status: TimerStatus): Promise<void>;
}

/** The container must exist. */
export function createStatusStore(container: ContainerClient, hostId: string): StatusStore {
  const blob = (functionName: string) =>
    container.getBlockBlobClient(`timers/${hostId}/Host.Functions.${functionName}/status`);
  return {
    read: async (functionName) => {
      try {
        return parseTimerStatus((await blob(functionName).downloadToBuffer()).toString());
      } catch (error) {
        if (error instanceof RestError && error.statusCode === 404) return undefined;
        throw error;
      }
    },
    write: async (functionName, status) => {
      const text = serialiseTimerStatus(status);
      await blob(functionName).upload(text, Buffer.byteLength(text));
    },
  };
}
