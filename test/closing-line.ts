/** The last line of a test run: `N passed, N failed`, for people and for whatever reads the output. */
import type { Reporter, TestModule } from "vitest/node";

export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const states = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => test.result().state),
    );
    const passed = states.filter((state) => state === "passed").length;
    // A file that cannot be loaded has no tests to count, and is a failure all the same.
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const failed = states.filter((state) => state === "failed").length + broken;
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  }
}
