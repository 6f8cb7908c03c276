/** One invocation from arguments to response, in the order of the real worker. */
import { withReadOnly } from "../app/hooks.ts";
import type { HostedFunction } from "../app/hosted-function.ts";
import type { CoreInvocationContext, ProgrammingModel } from "../app/programming-model.ts";
import type { InvocationRequest, InvocationResponse } from "../app/rpc.ts";
import type { Worker } from "../app/worker.ts";
import type { Log } from "../logs/log.ts";
import { createInvocationLog } from "./invocation-log.ts";

/** Throws what the function, or a hook, throws. */
export async function runFunction(
  worker: Worker,
  model: ProgrammingModel,
  log: Log,
  fn: HostedFunction,
  request: InvocationRequest,
): Promise<InvocationResponse> {
  const { hooks } = worker;
  const invocationLog = createInvocationLog(hooks, log, fn.name);
  const core: CoreInvocationContext = {
    invocationId: request.invocationId,
    request,
    metadata: fn.metadata,
    log: invocationLog.write,
  };
  const invocation = await model.getInvocationModel(core);
  const { context, inputs } = await invocation.getArguments();
  const shared = {
    hookData: invocationLog.hookData,
    appHookData: hooks.appHookData,
    invocationContext: context,
  };
  invocationLog.invocationContext = context;

  core.state = "preInvocationHooks";
  const before = withReadOnly({ inputs, functionCallback: fn.callback }, shared);
  await hooks.run("preInvocation", before);

  core.state = "invocation";
  const after = withReadOnly(
    { inputs: before.inputs, result: null as unknown, error: null as unknown },
    shared,
  );
  try {
    after.result = await invocation.invokeFunction(context, before.inputs, before.functionCallback);
  } catch (error) {
    after.error = error;
  }

  core.state = "postInvocationHooks";
  await hooks.run("postInvocation", after);
  // A hook may swallow a failure by setting it to null, or make one of a success.
  if (after.error !== null && after.error !== undefined) throw after.error;
  return await invocation.getResponse(context, after.result);
}
