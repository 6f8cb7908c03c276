import { loadedFilesExist, modulesGetWhatTheyWant, usedOutputsExist } from "./calls.ts";
import { hostsAreAsked, idsAreOfRoles, namesAreDerived } from "./hard-coded.ts";
import type { Check } from "./problem.ts";
import { namesAreDeclared, namesAreDeclaredOnce } from "./resolved.ts";
import { typesAreKnown } from "./resource-types.ts";
import {
  noOutputIsSecret,
  noParameterIsSecret,
  nothingSecretIsRead,
  nothingSecretIsWrittenOut,
} from "./secrets.ts";
import { readsAsBicep } from "./syntax.ts";
import { allIsUsed, paramsAreDescribed } from "./used.ts";

export const checks: Readonly<Record<string, Check>> = {
  "reads as Bicep": readsAsBicep,
  "describes its parameters": paramsAreDescribed,
  "uses all it declares": allIsUsed,
  "declares all it uses": namesAreDeclared,
  "declares each name once": namesAreDeclaredOnce,
  "gives modules what they want": modulesGetWhatTheyWant,
  "uses outputs that there are": usedOutputsExist,
  "loads files that there are": loadedFilesExist,
  "has resource types and api-versions that are known": typesAreKnown,
  "writes out no name": namesAreDerived,
  "writes out no id": idsAreOfRoles,
  "writes out no address of a cloud": hostsAreAsked,
  "reads no secret": nothingSecretIsRead,
  "writes out no secret": nothingSecretIsWrittenOut,
  "takes no secret": noParameterIsSecret,
  "shows no secret": noOutputIsSecret,
};
