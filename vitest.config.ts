import { defineConfig } from "vitest/config";
import { ClosingLine } from "./test/closing-line.ts";

export default defineConfig({
  test: {
    reporters: ["default", new ClosingLine()],
    // Most tests wait for something: two at a time take little more than half as long, also on two cores.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/{unit,simulation,infra}/**/*.test.ts"],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: "integration",
          include: ["test/{contract,integration,e2e}/**/*.test.ts"],
          setupFiles: ["test/described/watch-answers.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
