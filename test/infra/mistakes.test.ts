/** The checks find what they are for: each mistake is planted once, and each right thing like it passes. */
import { describe, expect, test } from "vitest";
import { checks } from "./bicep/checks/all.ts";
import { treeOf } from "./bicep/tree.ts";

/** The module `disk.bicep`, which the texts below may use. */
const DISK = `
@description('Of the disk.')
param name string
@description('Of the disk.')
param size int = 4
output id string = '\${name}-\${size}'
`;

/** Every check's messages about a text, with the line of each. */
function messagesOf(text: string): string[] {
  const tree = treeOf({ "main.bicep": text, "disk.bicep": DISK, "roles.json": "{}" });
  const [main] = tree.modules;
  if (main === undefined) throw new Error("no module");
  return Object.values(checks)
    .flatMap((check) => check(main, tree))
    .map(({ line, message }) => `${line}: ${message}`);
}

const GROUP = "Microsoft.Resources/resourceGroups@2024-11-01";
const CONTAINER = "Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01";

describe("found", () => {
  test.each<[name: string, text: string, message: string]>([
    ["a bracket too few", "output a array = [1\noutput b int = 2", "2: is no Bicep: ="],
    ["a parameter of no description", "param a string\noutput b string = a", "1: parameter a has"],
    [
      "an empty description",
      "@description('')\nparam a string\noutput b string = a",
      "2: parameter a has",
    ],
    ["an unused parameter", "@description('A.')\nparam a string", "2: parameter a is not used"],
    ["an unused variable", "var a = 1", "1: variable a is not used"],
    ["an unused type", "type a = string", "1: type a is not used"],
    ["an unused function", "func a() string => 'x'", "1: function a is not used"],
    [
      "an existing resource nobody looks at",
      `resource a '${GROUP}' existing = {\n  name: subscription().id\n}`,
      "1: existing resource a is not used",
    ],
    ["a misspelt variable", "var name = 1\noutput a int = nam", "2: value nam is not declared"],
    ["one in a string", `output a string = 'x-\${b}'`, "1: value b is not declared"],
    ["one in a key", `output a object = {\n  'x-\${b}': 1\n}`, "2: value b is not declared"],
    ["one in a decorator", "@maxLength(b)\nparam a string", "1: value b is not declared"],
    ["a loop's name outside of it", "var a = [for i in [1]: i]\noutput b int = i", "2: value i is"],
    ["a lambda's name outside of it", "output a array = [map([1], i => i), i]", "1: value i is"],
    ["a misspelt function", "output a string = uniqString('b')", "1: function uniqString is not"],
    [
      "one at the head of a list",
      "output a array = [uniqString('b')]",
      "1: function uniqString is not",
    ],
    [
      "a misspelt nested resource",
      `${nested("blobServices")}\noutput c string = a::d.id`,
      "7: value d is not",
    ],
    ["a misspelt decorator", "@descripton('A.')\nparam a string", "1: decorator descripton is not"],
    ["a misspelt type", "output a strng = 'x'", "1: type strng is not declared"],
    ["a name declared twice", "var a = 1\nvar a = 2", "a is declared twice"],
    ["a module that is not there", "module a 'dsk.bicep' = {}", "1: module dsk.bicep is not there"],
    [
      "a parameter that a module lacks",
      module("name: 'x'\nsizes: 3"),
      "1: module a has no parameter sizes",
    ],
    ["a parameter that is not given", module("size: 3"), "1: module a is not given name"],
    [
      "an output that a module lacks",
      `${module("name: 'x'")}\noutput b string = a.outputs.ids`,
      "6: module a has no output ids",
    ],
    [
      "one of a repeated module",
      "module a 'disk.bicep' = [for i in [1]: {\n  params: {\n    name: 'x'\n  }\n}]\noutput b string = a[0].outputs.ids",
      "6: module a has no output ids",
    ],
    [
      "a file that is not there",
      "var a = loadJsonContent('rolls.json')",
      "1: file rolls.json is not there",
    ],
    [
      "a misspelt resource type",
      resource("Microsoft.Resource/resourceGroups@2024-11-01"),
      "1: resource type",
    ],
    [
      "another api-version",
      resource("Microsoft.Resources/resourceGroups@2019-01-01"),
      "1: Microsoft.Resources/resourceGroups has api-version 2019-01-01",
    ],
    [
      "a nested resource of a wrong type",
      nested("blobService"),
      "resource type Microsoft.Storage/storageAccounts/blobService is not known",
    ],
    [
      "a name written out",
      resource(GROUP, "'my-group'"),
      "1: resource a has a name written out: my-group",
    ],
    [
      "a subscription written out",
      "var a = '/subscriptions/0b1f6471-1bf0-4dda-aec3-111122223333'",
      "1: id written out",
    ],
    [
      "Azure's address written out",
      "var a = 'https://management.azure.com/x'",
      "1: address written out: management.azure.com",
    ],
    [
      "a zone of private names written out",
      "var a = 'privatelink.blob.core.windows.net'",
      "1: address written out",
    ],
    [
      "keys that are listed",
      "output a object = listKeys('x', '2025-01-01')",
      "1: listKeys reads a secret",
    ],
    [
      "keys that a resource is asked for",
      `${resource(GROUP)}\noutput b string = a.listKeys().keys[0].value`,
      "listKeys reads a secret",
    ],
    [
      "a password written out",
      "output a object = {\n  adminPassword: 'hunter2'\n}",
      "2: adminPassword is written out",
    ],
    [
      "a connection string written out",
      "var a = 'AccountName=x;AccountKey=abc'",
      "1: a secret is written out",
    ],
    ["a secure parameter", "@secure()\nparam a string", "2: parameter a takes a secret"],
    [
      "a parameter for a secret",
      "param clientSecret string",
      "1: parameter clientSecret takes a secret",
    ],
    [
      "an output that shows a secret",
      "output a string = x.properties.ConnectionString",
      "1: output a shows a secret",
    ],
  ])("%s", (_, text, message) => {
    expect(messagesOf(text).filter((found) => found.includes(message))).toHaveLength(1);
  });
});

describe("not complained of", () => {
  test.each<[name: string, text: string]>([
    [
      "what a loop and a lambda name for themselves",
      "output a array = [for (x, i) in [1]: map([x], y => y + i)]",
    ],
    ["a function of the module's own", "func twice(a int) int => a * 2\noutput b int = twice(2)"],
    ["a type of the module's own", "type size = 1 | 2\noutput b size = 2"],
    ["a module that gets what it wants", `${module("name: 'x'")}\noutput b string = a.outputs.id`],
    ["a file that is there", "output a object = loadJsonContent('roles.json')"],
    ["one at the head of a list", "output a array = [loadJsonContent('roles.json')]"],
    ["a nested resource that is used", `${nested("blobServices")}\noutput c string = a::b.id`],
    ["a name that is derived", resource(GROUP, "uniqueString(subscription().id)")],
    ["a container's name, which the code knows", resource(CONTAINER, "'policies'")],
    ["a nested resource", nested("blobServices")],
    ["the id of a built-in role", "output a string = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'"],
    ["an address that the cloud is asked for", "output a string = environment().resourceManager"],
    ["properties of tags and keys of objects", "output tags object = {\n  name: 'a'\n}"],
  ])("%s", (_, text) => {
    expect(messagesOf(text)).toEqual([]);
  });
});

function module(params: string): string {
  return `module a 'disk.bicep' = {\n  params: {\n    ${params}\n  }\n}`;
}

function resource(type: string, name = "subscription().id"): string {
  return `resource a '${type}' = {\n  name: ${name}\n}`;
}

function nested(type: string): string {
  const outer = "resource a 'Microsoft.Storage/storageAccounts@2025-01-01' = {";
  return `${outer}\n  name: subscription().id\n  resource b '${type}' = {\n    name: 'default'\n  }\n}`;
}
