/**
 * Who may use which route, written down route by route: what docs/api.md tells, and what a test holds the app to. It
 * knows nothing of the app's own rules.
 */
const TABLE = `
  operation           verb                  Reader  Operator  PolicyAdmin  partner  without  elsewhere

  ListVms             read                  yes     yes       yes          yes      403      none
  GetVm               read                  yes     yes       yes          yes      403      404
  ExplainVm           read                  yes     yes       yes          yes      403      404
  RetireVm            -                     403     yes       yes          403      403      403

  ListRestorePoints   read                  yes     yes       yes          yes      403      404
  GetRestorePoint     read                  yes     yes       yes          yes      403      404
  ListDisks           read                  yes     yes       yes          yes      403      404
  ListCopies          read                  yes     yes       yes          yes      403      404
  PostRestorePoint    createRestorePoints   403     yes       yes          yes      403      404
  PostCopy            createRestorePoints   403     yes       yes          yes      403      404
  DeleteRestorePoint  deleteRestorePoints   403     yes       yes          yes      403      404
  DeleteCopy          deleteRestorePoints   403     yes       yes          yes      403      404
  GetLegalHold        read                  yes     yes       yes          yes      403      404
  PutLegalHold        -                     403     yes       yes          403      403      403
  DeleteLegalHold     -                     403     yes       yes          403      403      403

  PostRestore         restores              403     yes       yes          yes      403      404
  ListRestores        read                  yes     yes       yes          yes      yes      404

  ListOperations      read                  yes     yes       yes          yes      yes      none
  GetOperation        read                  yes     yes       yes          yes      yes      404

  ListPolicies        -                     yes     yes       yes          403      403      403
  GetPolicy           -                     yes     yes       yes          403      403      403
  PutPolicy           -                     403     403       yes          403      403      403
  DeletePolicy        -                     403     403       yes          403      403      403
  PreviewPolicy       -                     yes     yes       yes          403      403      403

  ListPartners        -                     yes     yes       yes          403      403      403
  GetPartner          -                     yes     yes       yes          403      403      403
  PutPartner          -                     403     403       yes          403      403      403
  DeletePartner       -                     403     403       yes          403      403      403

  PostGrant           grants                403     yes       yes          yes      403      404
  ListGrants          grants                yes     yes       yes          yes      403      none
  GetGrant            grants                yes     yes       yes          yes      403      404
  DeleteGrant         grants                403     yes       yes          yes      403      404
  PostAccess          grants                403     yes       yes          yes      403      404
  ListChanges         grants                403     yes       yes          yes      403      404

  ReportCompliance    read                  yes     yes       yes          yes      403      none
  ListUnprotected     -                     yes     yes       yes          403      403      403
  ListReconciliations -                     yes     yes       yes          403      403      403
  ListDrift           -                     yes     yes       yes          403      403      403
  ListAudit           -                     yes     yes       yes          403      403      403

  GetSwitch           -                     yes     yes       yes          403      403      403
  PutSwitch           -                     403     403       yes          403      403      403
  Rebuild             -                     403     403       yes          403      403      403
`;

/** `without`: with every other verb. `elsewhere`: with every verb, for another VM. */
export const callers = [
  ...["Reader", "Operator", "PolicyAdmin"],
  ...["partner", "without", "elsewhere", "disabled", "nobody"],
] as const;
export type CallerName = "Reader" | "Operator" | "PolicyAdmin" | PartnerName | "nobody";
type PartnerName = "partner" | "without" | "elsewhere" | "disabled";

/** `yes`: the caller gets what it asks for. `none`: a list without anything in it. Otherwise the status. */
export type Expected = "yes" | "none" | "401" | "403" | "404";

export interface Access {
  readonly operation: string;
  /** That a partner needs. Undefined: no verb opens it. */
  readonly verb: string | undefined;
  readonly expected: Readonly<Record<CallerName, Expected>>;
}

function rowOf(line: string): Access {
  const [operation = "", verb, ...cells] = line.trim().split(/\s+/);
  const [Reader, Operator, PolicyAdmin, partner, without, elsewhere] = cells as Expected[];
  const told = { Reader, Operator, PolicyAdmin, partner, without, elsewhere };
  return {
    operation,
    verb: verb === "-" ? undefined : verb,
    expected: { ...told, disabled: "403", nobody: "401" } as Access["expected"],
  };
}

export const access: readonly Access[] = TABLE.split("\n")
  .filter((line) => line.trim() !== "")
  .slice(1)
  .map(rowOf);
