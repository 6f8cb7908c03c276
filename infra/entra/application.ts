/** The app registration of the HTTP API, as Microsoft Graph takes it: docs/api.md says what its roles may do. */

interface AppRole {
  readonly id: string;
  readonly value: string;
  readonly displayName: string;
  readonly description: string;
}

/** Ids of one registration only, so they may be the same in every tenant; a role keeps its own for ever. */
export const appRoles: readonly AppRole[] = [
  {
    id: "5f0c2f6e-7a53-4c1f-9d0b-4c1d7a1f0a01",
    value: "Reader",
    displayName: "Reader of restore points",
    description: "Sees the whole fleet, its restore points, reports and the audit log.",
  },
  {
    id: "5f0c2f6e-7a53-4c1f-9d0b-4c1d7a1f0a02",
    value: "Operator",
    displayName: "Operator of restore points",
    description: "Makes, deletes and restores restore points, and reads disks by grants.",
  },
  {
    id: "5f0c2f6e-7a53-4c1f-9d0b-4c1d7a1f0a03",
    value: "PolicyAdmin",
    displayName: "Administrator of policies for restore points",
    description: "Does all that an Operator does, and writes policies and partners.",
  },
];

/** What a person's client asks for: `api://<client id>/access_as_user`. The person's role says what that is worth. */
const userScope = {
  id: "5f0c2f6e-7a53-4c1f-9d0b-4c1d7a1f0b01",
  value: "access_as_user",
  type: "User",
  isEnabled: true,
  adminConsentDisplayName: "Use restore points as oneself",
  adminConsentDescription:
    "Lets an app call the API of restore points as the person who is signed in.",
  userConsentDisplayName: "Use restore points as yourself",
  userConsentDescription: "Lets an app call the API of restore points as you.",
};

/** Of Microsoft's own `az`, in every tenant: so that operators get a token without another registration. */
const AZURE_CLI = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

const api = {
  // Version 1 has another issuer than the app is told.
  requestedAccessTokenVersion: 2,
  oauth2PermissionScopes: [userScope],
};

export const application = (displayName: string) => ({
  displayName,
  signInAudience: "AzureADMyOrg",
  api,
  appRoles: appRoles.map((role) => ({
    ...role,
    isEnabled: true,
    allowedMemberTypes: ["User", "Application"],
  })),
  // Tells a token that an app has got for itself from one for a person.
  optionalClaims: { accessToken: [{ name: "idtyp", essential: false, additionalProperties: [] }] },
});

/** What Graph takes only once the registration, its id and its scope are there. */
export const afterwards = (appId: string) => ({
  identifierUris: [`api://${appId}`],
  api: {
    ...api,
    preAuthorizedApplications: [{ appId: AZURE_CLI, delegatedPermissionIds: [userScope.id] }],
  },
});

/** Nobody needs a role to get a token, since partners have none: their record says what they may. */
export const servicePrincipal = { appRoleAssignmentRequired: false };
