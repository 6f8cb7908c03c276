/** What the language itself has, as far as a template of ours may want it: a misspelt function is none of these. */

export const namespaces: ReadonlySet<string> = new Set(["az", "sys"]);

export const decorators: ReadonlySet<string> = new Set([
  ...["allowed", "description", "maxLength", "maxValue", "metadata", "minLength", "minValue"],
  ...["secure", "sealed", "discriminator", "export", "batchSize", "onlyIfNotExists"],
]);

export const functions: ReadonlySet<string> = new Set([
  // arrays and objects
  ...["array", "concat", "contains", "empty", "filter", "first", "flatten", "groupBy", "indexOf"],
  ...["intersection", "items", "last", "lastIndexOf", "length", "map", "mapValues", "max", "min"],
  ...[
    "objectKeys",
    "range",
    "reduce",
    "shallowMerge",
    "skip",
    "sort",
    "take",
    "toObject",
    "tryGet",
  ],
  ...["union"],
  // strings
  ...["base64", "endsWith", "format", "guid", "join", "json", "padLeft", "replace", "split"],
  ...["startsWith", "string", "substring", "toLower", "toUpper", "trim", "uniqueString", "uri"],
  // addresses
  ...["cidrHost", "cidrSubnet", "parseCidr", "buildUri", "parseUri", "uriComponent"],
  // numbers, truth, dates
  ...["bool", "int", "dateTimeAdd", "utcNow", "fail"],
  // files
  ...["loadFileAsBase64", "loadJsonContent", "loadTextContent", "loadYamlContent"],
  // where and what it is deployed to
  ...["deployer", "deployment", "environment", "managementGroup", "resourceGroup", "subscription"],
  ...["tenant", "pickZones", "reference", "toLogicalZone"],
  ...["extensionResourceId", "managementGroupResourceId", "resourceId", "subscriptionResourceId"],
  ...["tenantResourceId"],
  // of a parameters file
  ...["readEnvironmentVariable"],
]);
