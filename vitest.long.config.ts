import { defineConfig } from "vitest/config";
import { ClosingLine } from "./test/closing-line.ts";

/** Runs that take longer than a developer waits for: many kills, long fuzzing, long simulation. */
export default defineConfig({
  test: {
    reporters: ["default", new ClosingLine()],
    include: ["test/long/**/*.test.ts"],
    setupFiles: ["test/described/watch-answers.ts"],
    testTimeout: 3_600_000,
    hookTimeout: 120_000,
  },
});
